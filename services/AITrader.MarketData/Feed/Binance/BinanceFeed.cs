using System.Net.WebSockets;
using AITrader.Domain.Instruments;
using AITrader.Domain.Normalization;
using AITrader.Domain.Time;
using AITrader.Formats.Binance;
using AITrader.MarketData.Diagnostics;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Feed.Binance;

/// <summary>Follows the venue's combined streams, on as many lines as its limits ask for: dials, subscribes by the address, dials again
/// whenever a line ends, with pauses that grow.</summary>
internal sealed class BinanceFeed : IMarketFeed, IDisposable
{
    /// <summary>Source of its ticks.</summary>
    public const string Source = "binance";

    private readonly BinanceVenue _venue;
    private readonly BinanceOptions _binance;
    private readonly FeedOptions _options;
    private readonly LivePublisher _publisher;
    private readonly EarlierTicks _earlier;
    private readonly LiveSequence _sequence;
    private readonly FeedState _state;
    private readonly SilenceGuard _guard;
    private readonly MarketDataMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<BinanceFeed> _logger;
    private readonly TickQueue _queue;
    private readonly TickIntake _intake;
    private readonly SkippedItems _skipped;
    private readonly BinanceStream _stream;
    private readonly List<LineSymbols> _lines;
    private readonly PacedBudget _dials;
    private long _requests;

    public BinanceFeed(
        BinanceVenue venue,
        BinanceRest rest,
        BookKeeper books,
        TickQueue queue,
        LivePublisher publisher,
        EarlierTicks earlier,
        LiveSequence sequence,
        FeedState state,
        SilenceGuard guard,
        MarketDataMetrics metrics,
        IOptions<FeedOptions> options,
        IOptions<BinanceOptions> binance,
        TimeProvider time,
        ILogger<BinanceFeed> logger
    )
    {
        (_venue, _binance, _options, _publisher, _earlier, _sequence, _state, _guard) = (
            venue,
            binance.Value,
            options.Value,
            publisher,
            earlier,
            sequence,
            state,
            guard
        );
        (_metrics, _time, _logger) = (metrics, time, logger);
        _queue = queue;
        _dials = new PacedBudget(BinanceVenue.DialsAtOnce, BinanceVenue.DialsPerSecond, time);
        _intake = new TickIntake(Source, sequence, state, metrics, logger);
        _skipped = new SkippedItems(Source, state, metrics, logger);
        _stream = new BinanceStream(
            _intake,
            _skipped,
            new BinanceStreamDecoder(_intake.Symbols, venue.IsSpot, Source),
            books,
            rest,
            guard,
            _queue,
            time,
            binance,
            logger
        );
        Define();
        _lines = [.. venue.Split(_stream.Names).Select(static (symbols, line) => new LineSymbols(line + 1, symbols))];
    }

    /// <inheritdoc/>
    public async Task FollowAsync(Action progress, CancellationToken ct)
    {
        _sequence.Pass(await _publisher.LastAsync(ct));
        await ResumeAsync(ct);
        _state.Expect(_lines.Count);
        if (_lines.Count > 1)
        {
            _logger.LinesSplit(Source, _stream.Names.Count, _lines.Count, _lines[0].Symbols.Count);
        }

        var orders = new SilenceOrders(Source, _intake.Symbols, ResubscribeAsync, Redial);
        List<Func<CancellationToken, Task>> loops =
        [
            _queue.PublishAsync,
            end => _guard.RunAsync(orders, end),
            .. _lines.Select<LineSymbols, Func<CancellationToken, Task>>(line => end => DialAgainAndAgainAsync(line, progress, end)),
        ];
        await Together.RunAsync(ct, [.. loops]);
    }

    public void Dispose() => _stream.Dispose();

    // Only symbols of which this process saw no trade yet: it knows best itself.
    private async Task ResumeAsync(CancellationToken ct)
    {
        var fresh = Enumerable
            .Range(0, _stream.Names.Count)
            .Where(symbol => _intake.LastTrade(symbol) == 0)
            .ToDictionary(symbol => _intake.Symbols[symbol], StringComparer.Ordinal);
        if (fresh.Count > 0)
        {
            foreach (var (name, newest) in await _earlier.FindAsync(Source, fresh.Keys, needsTrade: true, ct))
            {
                _intake.Resume(fresh[name], newest.TradeId!.Value, EventTime.ToMicros(newest.Timestamp));
            }
        }
    }

    private void Define()
    {
        var limits = new List<(int Symbol, TimeSpan Limit)>();
        foreach (var name in _binance.Names)
        {
            var ours = _venue.NameOf(name);
            if (!SymbolTable.IsSymbol(ours))
            {
                _skipped.Skip(SkipReasons.Symbol, $"{name}, a name that cannot be carried, is not followed");
                continue;
            }

            var limit = _options.LimitOf(ours);
            var symbol = _intake.Define(
                ours,
                new InstrumentRules
                {
                    Trades = SequenceRule.Contiguous,
                    Quotes = SequenceRule.Increasing,
                    TickSize = TickIntake.PriceOf(InstrumentCatalogue.Default.Find(ours)?.TickSize ?? 0),
                    SilenceMicros = limit.Ticks / TimeSpan.TicksPerMicrosecond,
                    PassesCrossed = _options.PassCrossed,
                }
            );
            _stream.Define(name);
            limits.Add((symbol, limit));
        }

        _guard.Watch(limits);
    }

    private async Task DialAgainAndAgainAsync(LineSymbols symbols, Action progress, CancellationToken ct)
    {
        var seed = _binance.JitterSeed != 0 ? _binance.JitterSeed + symbols.Number - 1 : (int)_time.GetTimestamp() + symbols.Number;
        var backoff = new Backoff(_binance.Backoff, _binance.MaxBackoff, seed);
        while (true)
        {
            _metrics.FeedPaced(Source, await _dials.SpendAsync(1, ct));
            using var line = new BinanceLine(_options.SilenceLimit, _time, ct);
            string reason;
            try
            {
                reason = await FollowLineAsync(symbols, line, progress, ct);
            }
            catch (Exception failure)
                when (!ct.IsCancellationRequested
                    && failure
                        is WebSocketException
                            or HttpRequestException
                            or IOException
                            or OperationCanceledException
                            or InvalidDataException
                )
            {
                reason = line.Reason ?? failure.Message;
            }

            symbols.Line = null;
            backoff.Stood(line.Age);
            _state.Disconnected(reason, symbols.Number);
            _metrics.FeedDisconnected(Source);
            _logger.FeedDisconnected(reason);
            await Task.Delay(backoff.Next(), _time, ct);
        }
    }

    private async Task<string> FollowLineAsync(LineSymbols symbols, BinanceLine line, Action progress, CancellationToken ct)
    {
        await line.DialAsync(_venue.Stream(symbols.Symbols.Select(symbol => _stream.Names[symbol])), _binance.DialLimit, ct);
        await _stream.StartLineAsync(symbols, ct);
        symbols.Line = line;
        _state.Connected(symbols.Number);
        _metrics.FeedConnected();
        _logger.FeedConnected(symbols.Symbols.Count);
        while (line.Age < _binance.LineLife)
        {
            if (await line.ReadAsync() is not { } message)
            {
                return line.Reason!;
            }

            progress();
            _state.Heard();
            if (!await _stream.TakeAsync(symbols, message, ct))
            {
                return "the venue is about to shut down";
            }
        }

        return "the line has come of age";
    }

    private void Redial(IReadOnlyList<int> silent, string reason)
    {
        foreach (var line in _lines.Where(line => line.Symbols.Any(silent.Contains)))
        {
            line.Line?.Cut(reason);
        }
    }

    private async Task ResubscribeAsync(IReadOnlyList<int> silent, CancellationToken ct) =>
        await Task.WhenAll(
            _lines.Select(line =>
                ResubscribeAsync(line, [.. line.Symbols.Where(silent.Contains).Select(symbol => _stream.Names[symbol])], ct)
            )
        );

    private async Task ResubscribeAsync(LineSymbols symbols, List<string> names, CancellationToken ct)
    {
        if (names.Count == 0 || symbols.Line is not { } line)
        {
            return;
        }

        try
        {
            long Number() => Interlocked.Increment(ref _requests);
            foreach (var request in _venue.Requests("UNSUBSCRIBE", names, Number).Concat(_venue.Requests("SUBSCRIBE", names, Number)))
            {
                _metrics.FeedPaced(Source, await line.SendAsync(request, ct));
            }
        }
        catch (Exception failure)
            when (!ct.IsCancellationRequested
                && failure is WebSocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException
            )
        {
            line.Cut(failure.Message);
        }
    }
}
