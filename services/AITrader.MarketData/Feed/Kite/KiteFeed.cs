using AITrader.Domain.Normalization;
using AITrader.Domain.Sessions;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.MarketData.Diagnostics;
using AITrader.MarketData.OrderBooks;
using AITrader.Venues.Kite;
using AITrader.Venues.Kite.Rest;
using AITrader.Venues.Kite.Ticker;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Feed.Kite;

/// <summary>Signs in, follows the ticker, publishes its ticks. Kite shows states, not events: what it says while it is not read is known as
/// a sum afterwards.</summary>
internal sealed class KiteFeed : IMarketFeed, IKiteTickerHandler
{
    /// <summary>Client without redirects: the login's answer is the address that it redirects to.</summary>
    public const string Client = "kite";

    /// <summary>Source of its ticks.</summary>
    public const string Source = "kite";

    private const int MostNames = 5;

    private readonly FeedAddress _address;
    private readonly IHttpClientFactory _clients;
    private readonly TickQueue _queue;
    private readonly LivePublisher _publisher;
    private readonly EarlierTicks _earlier;
    private readonly LiveSequence _sequence;
    private readonly FeedState _state;
    private readonly SilenceGuard _guard;
    private readonly MarketDataMetrics _metrics;
    private readonly FeedOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<KiteFeed> _logger;
    private readonly List<Tick> _frame = [];
    private readonly TickIntake _intake;
    private readonly SkippedItems _skipped;
    private readonly PacketTicks _ticks;
    private readonly KiteDepth _depth;
    private readonly KiteListing _listing;
    private Dictionary<uint, int> _symbols = [];
    private bool _isResumed;
    private Action _progress = static () => { };

    public KiteFeed(
        FeedAddress address,
        IHttpClientFactory clients,
        TickQueue queue,
        LivePublisher publisher,
        EarlierTicks earlier,
        LiveSequence sequence,
        FeedState state,
        SilenceGuard guard,
        BookPublisher books,
        MarketDataMetrics metrics,
        IOptions<FeedOptions> options,
        TimeProvider time,
        ILogger<KiteFeed> logger
    )
    {
        (_address, _clients, _queue, _publisher, _earlier, _sequence, _state, _guard) = (
            address,
            clients,
            queue,
            publisher,
            earlier,
            sequence,
            state,
            guard
        );
        (_metrics, _options, _time, _logger) = (metrics, options.Value, time, logger);
        _intake = new TickIntake(Source, sequence, state, metrics, logger);
        _skipped = new SkippedItems(Source, state, metrics, logger);
        _ticks = new PacketTicks(_intake, _skipped);
        _depth = new KiteDepth(books);
        _listing = new KiteListing(_options, state, _skipped);
    }

    /// <inheritdoc/>
    public void OnPacket(KitePacket packet, DateTimeOffset received)
    {
        if (!_symbols.TryGetValue(packet.Token, out var symbol))
        {
            return;
        }

        // What is older than what is known says nothing of how the instrument is now.
        var verdict = _ticks.Append(_frame, symbol, packet, received);
        if (verdict != TickVerdict.OutOfOrder)
        {
            _guard.Heard(symbol);
        }

        if (verdict == TickVerdict.Passed)
        {
            _depth.Take(_intake.Symbols[symbol], packet, received);
        }
    }

    /// <inheritdoc/>
    public void OnRefusedPacket(KiteRefusedPacket packet)
    {
        if (packet.Reason == KiteRefusal.Segment)
        {
            _skipped.Skip(SkipReasons.Segment, $"packets of segment {packet.Segment}, as nobody can say what its prices are divided by");
        }
        else
        {
            _skipped.Skip(SkipReasons.PacketLength, $"packets of {packet.Length} bytes, which no kind of packet has");
        }
    }

    /// <inheritdoc/>
    public async ValueTask OnFrameAsync(CancellationToken ct)
    {
        _progress();
        _state.Heard();
        if (_frame.Count > 0)
        {
            await _queue.AddAsync(_frame, ct);
        }
    }

    /// <inheritdoc/>
    public void OnHeartbeat()
    {
        _progress();
        _state.Heard();
    }

    /// <inheritdoc/>
    public void OnDamagedFrame() => _intake.CountGarbage();

    /// <inheritdoc/>
    public void OnText(string json)
    {
        if (!KiteTickerText.TryRead(json, out var text))
        {
            _intake.CountGarbage();
        }
        else if (text.Type == KiteTickerText.Error)
        {
            _skipped.Count(SkipReasons.Refusal);
            _skipped.Name($"the exchange refuses: {text.Data}");
            _state.Notice(SkipReasons.Refusal, $"the exchange refuses: {text.Data}");
        }

        // Order updates are the execution engine's business.
    }

    /// <inheritdoc/>
    public void OnConnected(KiteLine line)
    {
        _ticks.StartLine(line.Tokens.Where(_symbols.ContainsKey).Select(token => _symbols[token]));
        _state.Settle(SkipReasons.Refusal);
        _state.Connected(line.Number);
        _metrics.FeedConnected();
        _logger.FeedConnected(line.Tokens.Count);
    }

    /// <inheritdoc/>
    public void OnDisconnected(KiteLine line, string reason)
    {
        _state.Disconnected(reason, line.Number);
        _metrics.FeedDisconnected(Source);
        _logger.FeedDisconnected(reason);
    }

    /// <inheritdoc/>
    public async Task FollowAsync(Action progress, CancellationToken ct)
    {
        _progress = progress;
        try
        {
            using var http = _clients.CreateClient(Client);
            http.BaseAddress = _address.Rest;
            var kite = new KiteClient(http);
            var credentials = await SignInAsync(kite, ct);
            await LearnAsync(kite, credentials, ct);
            _sequence.Pass(await _publisher.LastAsync(ct));
            await ResumeAsync(ct);
            await ListenAsync(credentials, ct);
        }
        catch (Exception failure) when (failure is KiteException or HttpRequestException)
        {
            _state.Disconnected(failure.Message);
            throw;
        }
    }

    private async Task ListenAsync(KiteCredentials credentials, CancellationToken ct)
    {
        var ticker = new KiteTicker(
            new KiteTickerOptions
            {
                Address = _address.Ticker,
                SilenceLimit = _options.SilenceLimit,
                MaxBackoff = _options.SilenceLimit,
                Lines = _options.Lines,
                TokensPerLine = _options.LineTokens,
            },
            _ => Task.FromResult(credentials),
            _time
        );
        Subscribe(ticker);
        var tokens = _symbols.ToDictionary(static pair => pair.Value, static pair => pair.Key);
        var orders = new SilenceOrders(
            Source,
            _intake.Symbols,
            (symbols, _) => Repeat(ticker, symbols.Select(symbol => tokens[symbol])),
            (symbols, reason) => ticker.Redial(symbols.Select(symbol => tokens[symbol]), reason)
        );
        await Together.RunAsync(ct, _queue.PublishAsync, end => _guard.RunAsync(orders, end), end => ticker.RunAsync(this, end));
    }

    private void Subscribe(KiteTicker ticker)
    {
        var surplus = ticker.Subscribe(_symbols.Keys, KiteMode.Full);
        _listing.LeaveSurplus([.. surplus.Select(token => _intake.Symbols[_symbols[token]])]);
        foreach (var token in surplus)
        {
            _symbols.Remove(token);
        }

        _guard.Watch([.. _symbols.Values.Select(symbol => (symbol, _options.LimitOf(_intake.Symbols[symbol])))]);
        var lines = Math.Max(1, (_symbols.Count + _options.LineTokens - 1) / _options.LineTokens);
        _state.Expect(lines);
        if (lines > 1)
        {
            _logger.LinesSplit(Source, _symbols.Count, lines, _options.LineTokens);
        }
    }

    // Kite keeps candles, no ticks: what happened since the last recorded tick, where the market was open, is missing for good.
    private async Task ResumeAsync(CancellationToken ct)
    {
        if (_isResumed)
        {
            return;
        }

        var newest = await _earlier.FindAsync(
            Source,
            [.. _symbols.Values.Select(symbol => _intake.Symbols[symbol])],
            needsTrade: false,
            ct
        );
        var now = EventTime.ToMicros(_time.GetUtcNow());
        var broken = _symbols
            .Values.Where(symbol =>
                newest.TryGetValue(_intake.Symbols[symbol], out var last)
                && WasOpen(_intake.Symbols[symbol], EventTime.ToMicros(last.Timestamp), now)
            )
            .ToList();
        if (broken.Count > 0)
        {
            _ticks.Break(broken);
            _logger.RecordingBroken(
                broken.Count,
                string.Join(", ", broken.Take(MostNames).Select(symbol => _intake.Symbols[symbol]))
                    + (broken.Count > MostNames ? " and more" : string.Empty)
            );
        }

        _isResumed = true;
    }

    /// <summary>Whether there was trading between two moments, as far as the calendar is known.</summary>
    internal static bool WasOpen(string symbol, long from, long until) =>
        !symbol.StartsWith("NSE:", StringComparison.Ordinal)
        || NseCalendar.Default.IsOpen(from)
        || NseCalendar.Default.NextOpen(from) < until;

    private static Task Repeat(KiteTicker ticker, IEnumerable<uint> tokens)
    {
        ticker.Resubscribe(tokens);
        return Task.CompletedTask;
    }

    private async Task LearnAsync(KiteClient kite, KiteCredentials credentials, CancellationToken ct)
    {
        var instruments = _listing.Choose(await kite.GetInstrumentsAsync(credentials, _options.Exchange, ct));
        var bands = await new PriceBands(kite, _time, _logger).GetAsync(credentials, instruments, ct);
        var symbols = new Dictionary<uint, int>();
        foreach (var instrument in instruments)
        {
            var band = bands.GetValueOrDefault(instrument.Key);
            symbols[instrument.Token] = _intake.Define(
                instrument.Key,
                new InstrumentRules
                {
                    TickSize = TickIntake.PriceOf(instrument.TickSize),
                    LowerBand = TickIntake.PriceOf(band.Low),
                    UpperBand = TickIntake.PriceOf(band.High),
                    SilenceMicros = _options.LimitOf(instrument.Key).Ticks / TimeSpan.TicksPerMicrosecond,
                    PassesCrossed = _options.PassCrossed,
                }
            );
        }

        _symbols = symbols;
    }

    private async Task<KiteCredentials> SignInAsync(KiteClient kite, CancellationToken ct)
    {
        var token = await kite.RequestTokenAsync(_address.Rest, _options.ApiKey, ct);
        return (await kite.CreateSessionAsync(_options.ApiKey, token, _options.ApiSecret, ct)).Credentials;
    }
}
