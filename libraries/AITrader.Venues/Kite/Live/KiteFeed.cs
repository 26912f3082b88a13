using AITrader.Domain.Normalization;
using AITrader.Domain.Sessions;
using AITrader.Domain.Time;
using AITrader.Venues.Feeds;
using AITrader.Venues.Kite.Rest;
using AITrader.Venues.Kite.Ticker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AITrader.Venues.Kite.Live;

/// <summary>Signs in, chooses instruments and follows the ticker. Kite shows states, not events: what happens while it is not read is known
/// as a sum afterwards.</summary>
internal sealed class KiteFeed(
    IFeedHost host,
    IHttpClientFactory clients,
    IOptions<KiteFeedOptions> options,
    TimeProvider time,
    ILogger<KiteFeed> logger
) : IMarketFeed
{
    /// <summary>Client without redirects: the login's answer is the address that it redirects to.</summary>
    public const string Client = "kite";

    private const int MaxNames = 5;

    private readonly KiteFeedOptions _options = options.Value;
    private readonly KiteFeedHandler _handler = new(host);
    private readonly KiteListing _listing = new(options.Value, host.Health);
    private Dictionary<int, uint> _tokens = [];
    private KiteTicker? _ticker;
    private bool _isResumed;

    /// <inheritdoc/>
    public async Task OpenAsync(CancellationToken ct)
    {
        using var http = clients.CreateClient(Client);
        http.BaseAddress = _options.Address;
        var kite = new KiteClient(http);
        var credentials = await SignInAsync(kite, ct);
        var symbols = await DefineAsync(kite, credentials, ct);
        await ResumeAsync(symbols.Values, ct);
        _ticker = new KiteTicker(TickerOptions(), _ => Task.FromResult(credentials), time);
        Subscribe(_ticker, symbols);
    }

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken ct) => _ticker!.RunAsync(_handler, ct);

    /// <inheritdoc/>
    public Task ResubscribeAsync(IReadOnlyList<int> instruments, CancellationToken ct)
    {
        _ticker!.Resubscribe(instruments.Select(symbol => _tokens[symbol]));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Reconnect(IReadOnlyList<int> instruments, string reason) =>
        _ticker!.Reconnect(instruments.Select(symbol => _tokens[symbol]), reason);

    /// <summary>Whether there was trading between two moments, as far as the calendar is known.</summary>
    internal static bool WasOpen(string symbol, long from, long until) =>
        !symbol.StartsWith("NSE:", StringComparison.Ordinal)
        || NseCalendar.Default.IsOpen(from)
        || NseCalendar.Default.NextOpen(from) < until;

    private async Task<KiteCredentials> SignInAsync(KiteClient kite, CancellationToken ct)
    {
        var token = await kite.RequestTokenAsync(_options.Address!, _options.ApiKey, ct);
        return (await kite.CreateSessionAsync(_options.ApiKey, token, _options.ApiSecret, ct)).Credentials;
    }

    private async Task<Dictionary<uint, int>> DefineAsync(KiteClient kite, KiteCredentials credentials, CancellationToken ct)
    {
        var instruments = _listing.Choose(await kite.GetInstrumentsAsync(credentials, _options.Exchange, ct));
        var bands = await new PriceBands(kite, time, logger).GetAsync(credentials, instruments, ct);
        var symbols = new Dictionary<uint, int>();
        foreach (var instrument in instruments)
        {
            var band = bands.GetValueOrDefault(instrument.Key);
            symbols[instrument.Token] = host.Ticks.Define(
                instrument.Key,
                new InstrumentRules
                {
                    TickSize = FeedPrice.OrUnknown(instrument.TickSize),
                    LowerBand = FeedPrice.OrUnknown(band.Low),
                    UpperBand = FeedPrice.OrUnknown(band.High),
                }
            );
        }

        return symbols;
    }

    // Kite keeps candles, no ticks: what happened since the last recorded tick, where the market was open, is missing for good.
    private async Task ResumeAsync(IReadOnlyCollection<int> symbols, CancellationToken ct)
    {
        if (_isResumed)
        {
            return;
        }

        var newest = await host.FindNewestAsync([.. symbols.Select(symbol => host.Ticks.Symbols[symbol])], needsTrade: false, ct);
        var now = EventTime.ToMicros(time.GetUtcNow());
        var broken = symbols
            .Where(symbol =>
                newest.TryGetValue(host.Ticks.Symbols[symbol], out var last)
                && WasOpen(host.Ticks.Symbols[symbol], EventTime.ToMicros(last.Timestamp), now)
            )
            .ToList();
        if (broken.Count > 0)
        {
            _handler.Break(broken);
            logger.RecordingBroken(
                broken.Count,
                string.Join(", ", broken.Take(MaxNames).Select(symbol => host.Ticks.Symbols[symbol]))
                    + (broken.Count > MaxNames ? " and more" : string.Empty)
            );
        }

        _isResumed = true;
    }

    private void Subscribe(KiteTicker ticker, Dictionary<uint, int> symbols)
    {
        var surplus = ticker.Subscribe(symbols.Keys, KiteMode.Full);
        _listing.LeaveSurplus([.. surplus.Select(token => host.Ticks.Symbols[symbols[token]])]);
        foreach (var token in surplus)
        {
            symbols.Remove(token);
        }

        _handler.Symbols = symbols;
        _tokens = symbols.ToDictionary(static pair => pair.Value, static pair => pair.Key);
        host.Health.Watch(symbols.Values);
        var connections = Math.Max(1, (symbols.Count + _options.TokensPerConnection - 1) / _options.TokensPerConnection);
        host.Health.Expect(connections, symbols.Count, _options.TokensPerConnection);
    }

    private KiteTickerOptions TickerOptions() =>
        new()
        {
            Address = _options.TickerAddress!,
            SilenceLimit = host.SilenceLimit,
            MaxBackoff = host.SilenceLimit,
            Connections = _options.Connections,
            TokensPerConnection = _options.TokensPerConnection,
        };
}
