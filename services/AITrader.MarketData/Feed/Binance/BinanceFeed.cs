using System.Net.WebSockets;
using AITrader.Contracts.Instruments;
using AITrader.MarketData.Diagnostics;
using AITrader.Markets.Formats;
using AITrader.Markets.Normalization;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Feed.Binance;

/// <summary>Follows the venue's combined stream: dials, subscribes by the address, dials again whenever the line ends, with pauses that grow.</summary>
internal sealed class BinanceFeed : IMarketFeed
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
    private readonly BinanceStream _stream;
    private volatile BinanceLine? _line;
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
        ILogger<BinanceFeed> logger)
    {
        (_venue, _binance, _options, _publisher, _earlier, _sequence, _state, _guard) = (venue, binance.Value, options.Value, publisher, earlier, sequence, state, guard);
        (_metrics, _time, _logger) = (metrics, time, logger);
        _queue = queue;
        _intake = new TickIntake(Source, sequence, state, metrics);
        _stream = new BinanceStream(_intake, new BinanceStreamDecoder(_intake.Symbols, venue.IsSpot, Source), books, rest, guard, _queue, time, binance, logger);
        Define();
    }

    /// <inheritdoc/>
    public async Task FollowAsync(Action progress, CancellationToken ct)
    {
        _sequence.Pass(await _publisher.LastAsync(ct));
        await ResumeAsync(ct);
        var orders = new SilenceOrders(Source, _intake.Symbols, ResubscribeAsync, reason => _line?.Cut(reason));
        await Together.RunAsync(ct, _queue.PublishAsync, end => _guard.RunAsync(orders, end), end => DialAgainAndAgainAsync(progress, end));
    }

    // Only symbols of which this process saw no trade yet: it knows best itself.
    private async Task ResumeAsync(CancellationToken ct)
    {
        var fresh = Enumerable.Range(0, _stream.Names.Count).Where(symbol => _intake.LastTrade(symbol) == 0).ToDictionary(symbol => _intake.Symbols[symbol], StringComparer.Ordinal);
        if (fresh.Count > 0)
        {
            foreach (var (name, newest) in await _earlier.FindAsync(Source, fresh.Keys, needsTrade: true, ct))
            {
                _intake.Resume(fresh[name], newest.TradeId!.Value);
            }
        }
    }

    private void Define()
    {
        var limits = new List<(int Symbol, TimeSpan Limit)>();
        foreach (var name in _binance.Names.Distinct(StringComparer.Ordinal))
        {
            var ours = _venue.NameOf(name);
            var limit = _options.LimitOf(ours);
            var symbol = _intake.Define(ours, new InstrumentRules
            {
                Trades = SequenceRule.Contiguous,
                Quotes = SequenceRule.Increasing,
                TickSize = TickIntake.PriceOf(InstrumentCatalogue.Default.Find(ours)?.TickSize ?? 0),
                SilenceMicros = limit.Ticks / TimeSpan.TicksPerMicrosecond,
                PassesCrossed = _options.PassCrossed,
            });
            _stream.Define(name);
            limits.Add((symbol, limit));
        }

        _guard.Watch(limits);
    }

    private async Task DialAgainAndAgainAsync(Action progress, CancellationToken ct)
    {
        var seed = _binance.JitterSeed != 0 ? _binance.JitterSeed : (int)_time.GetTimestamp();
        var backoff = new Backoff(_binance.Backoff, _binance.MaxBackoff, seed);
        while (true)
        {
            using var line = new BinanceLine(_options.SilenceLimit, _time, ct);
            string reason;
            try
            {
                reason = await FollowLineAsync(line, progress, ct);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested && failure is WebSocketException or HttpRequestException or IOException or OperationCanceledException or InvalidDataException)
            {
                reason = line.Reason ?? failure.Message;
            }

            _line = null;
            backoff.Stood(line.Age);
            _state.Disconnected(reason);
            _metrics.FeedDisconnected(Source);
            _logger.FeedDisconnected(reason);
            await Task.Delay(backoff.Next(), _time, ct);
        }
    }

    private async Task<string> FollowLineAsync(BinanceLine line, Action progress, CancellationToken ct)
    {
        await line.DialAsync(_venue.Stream(_stream.Names), _binance.DialLimit, ct);
        await _stream.StartLineAsync(ct);
        _line = line;
        _state.Connected();
        _metrics.FeedConnected();
        _logger.FeedConnected(_stream.Names.Count);
        while (line.Age < _binance.LineLife)
        {
            if (await line.ReadAsync() is not { } message)
            {
                return line.Reason!;
            }

            progress();
            _state.Heard();
            if (!await _stream.TakeAsync(message, _time.GetUtcNow(), ct))
            {
                return "the venue is about to shut down";
            }
        }

        return "the line has come of age";
    }

    private async Task ResubscribeAsync(IReadOnlyList<int> symbols, CancellationToken ct)
    {
        foreach (var symbol in symbols)
        {
            if (_line is not { } line)
            {
                return;
            }

            try
            {
                await line.SendAsync(_venue.Request("UNSUBSCRIBE", _stream.Names[symbol], ++_requests), ct);
                await line.SendAsync(_venue.Request("SUBSCRIBE", _stream.Names[symbol], ++_requests), ct);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested && failure is WebSocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
            {
                line.Cut(failure.Message);
            }
        }
    }
}
