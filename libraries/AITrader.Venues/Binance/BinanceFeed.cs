using System.Net.WebSockets;
using AITrader.Domain.Instruments;
using AITrader.Domain.Normalization;
using AITrader.Domain.Time;
using AITrader.Venues.Feeds;
using Microsoft.Extensions.Options;

namespace AITrader.Venues.Binance;

/// <summary>Follows the venue's combined streams, on as many connections as its limits ask for: connects, subscribes by the address, and
/// connects again whenever a connection ends, with pauses that grow.</summary>
internal sealed class BinanceFeed : IMarketFeed
{
    private readonly IFeedHost _host;
    private readonly BinanceMarket _market;
    private readonly BinanceOptions _options;
    private readonly TimeProvider _time;
    private readonly BinanceStream _stream;
    private readonly List<ConnectionSymbols> _connections;
    private readonly PacedBudget _connects;
    private long _requests;

    public BinanceFeed(IFeedHost host, BinanceMarket market, BinanceStream stream, IOptions<BinanceOptions> options, TimeProvider time)
    {
        (_host, _market, _stream, _options, _time) = (host, market, stream, options.Value, time);
        _connects = new PacedBudget(BinanceMarket.ConnectsAtOnce, BinanceMarket.ConnectsPerSecond, time);
        _host.Health.Watch(Define());
        _connections =
        [
            .. market.Split(_stream.Names).Select(static (symbols, connection) => new ConnectionSymbols(connection + 1, symbols)),
        ];
    }

    /// <inheritdoc/>
    public async Task OpenAsync(CancellationToken ct)
    {
        await ResumeAsync(ct);
        _host.Health.Expect(_connections.Count, _stream.Names.Count, _connections[0].Symbols.Count);
    }

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken ct) =>
        LinkedTasks.RunAsync(
            ct,
            [.. _connections.Select<ConnectionSymbols, Func<CancellationToken, Task>>(connection => end => KeepAsync(connection, end))]
        );

    /// <inheritdoc/>
    public async Task ResubscribeAsync(IReadOnlyList<int> instruments, CancellationToken ct) =>
        await Task.WhenAll(
            _connections.Select(connection =>
                ResubscribeAsync(
                    connection,
                    [.. connection.Symbols.Where(instruments.Contains).Select(symbol => _stream.Names[symbol])],
                    ct
                )
            )
        );

    /// <inheritdoc/>
    public void Reconnect(IReadOnlyList<int> instruments, string reason)
    {
        foreach (var connection in _connections.Where(connection => connection.Symbols.Any(instruments.Contains)))
        {
            connection.Open?.Abort(reason);
        }
    }

    private List<int> Define()
    {
        var symbols = new List<int>();
        foreach (var name in _options.Names)
        {
            var symbol = _market.SymbolOf(name);
            if (!SymbolTable.IsSymbol(symbol))
            {
                _host.Health.Skip(SkipReasons.Symbol, $"{name}, a name that cannot be carried, is not followed");
                continue;
            }

            symbols.Add(
                _host.Ticks.Define(
                    symbol,
                    new InstrumentRules
                    {
                        Trades = SequenceRule.Contiguous,
                        Quotes = SequenceRule.Increasing,
                        TickSize = FeedPrice.OrUnknown(InstrumentCatalogue.Default.Find(symbol)?.TickSize ?? 0),
                    }
                )
            );
            _stream.Define(name);
        }

        return symbols;
    }

    // Only symbols of which this process saw no trade yet: it knows best itself.
    private async Task ResumeAsync(CancellationToken ct)
    {
        var fresh = Enumerable
            .Range(0, _stream.Names.Count)
            .Where(symbol => _host.Ticks.LastTrade(symbol) == 0)
            .ToDictionary(symbol => _host.Ticks.Symbols[symbol], StringComparer.Ordinal);
        if (fresh.Count > 0)
        {
            foreach (var (name, newest) in await _host.FindNewestAsync(fresh.Keys, needsTrade: true, ct))
            {
                _host.Ticks.ContinueAfter(fresh[name], newest.TradeId!.Value, EventTime.ToMicros(newest.Timestamp));
            }
        }
    }

    private async Task KeepAsync(ConnectionSymbols symbols, CancellationToken ct)
    {
        var seed = _options.JitterSeed != 0 ? _options.JitterSeed + symbols.Number - 1 : (int)_time.GetTimestamp() + symbols.Number;
        var backoff = new ReconnectBackoff(new Backoff(_options.Backoff, _options.MaxBackoff), seed);
        while (true)
        {
            _host.Health.CountPaced(await _connects.SpendAsync(1, ct));
            using var connection = new BinanceConnection(_host.SilenceLimit, _time, ct);
            string reason;
            try
            {
                reason = await FollowAsync(symbols, connection, ct);
            }
            catch (Exception failure) when (IsConnectionFailure(failure, ct))
            {
                reason = connection.Reason ?? failure.Message;
            }

            symbols.Open = null;
            backoff.Ended(connection.Age);
            _host.Health.Disconnected(symbols.Number, reason);
            await Task.Delay(backoff.Next(), _time, ct);
        }
    }

    private static bool IsConnectionFailure(Exception failure, CancellationToken ct) =>
        !ct.IsCancellationRequested
        && failure is WebSocketException or HttpRequestException or IOException or OperationCanceledException or InvalidDataException;

    private async Task<string> FollowAsync(ConnectionSymbols symbols, BinanceConnection connection, CancellationToken ct)
    {
        await connection.ConnectAsync(_market.Stream(symbols.Symbols.Select(symbol => _stream.Names[symbol])), _options.DialLimit, ct);
        await _stream.StartConnectionAsync(symbols, ct);
        symbols.Open = connection;
        _host.Health.Connected(symbols.Number, symbols.Symbols.Count);
        while (connection.Age < _options.ConnectionLifetime)
        {
            if (await connection.ReadAsync() is not { } message)
            {
                return connection.Reason!;
            }

            _host.Health.Received();
            if (!await _stream.TakeAsync(symbols, message, ct))
            {
                return "the venue is about to shut down";
            }
        }

        return "the connection has reached its lifetime";
    }

    private async Task ResubscribeAsync(ConnectionSymbols symbols, List<string> names, CancellationToken ct)
    {
        if (names.Count == 0 || symbols.Open is not { } connection)
        {
            return;
        }

        try
        {
            long Number() => Interlocked.Increment(ref _requests);
            foreach (var request in _market.Requests("UNSUBSCRIBE", names, Number).Concat(_market.Requests("SUBSCRIBE", names, Number)))
            {
                _host.Health.CountPaced(await connection.SendAsync(request, ct));
            }
        }
        catch (Exception failure)
            when (!ct.IsCancellationRequested
                && failure is WebSocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException
            )
        {
            connection.Abort(failure.Message);
        }
    }
}
