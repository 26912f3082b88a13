using AITrader.Contracts.Messages;
using AITrader.Kite;
using AITrader.Kite.Rest;
using AITrader.Kite.Ticker;
using AITrader.MarketData.Diagnostics;
using AITrader.MarketData.Replay;
using AITrader.ServiceDefaults;
using AITrader.ServiceDefaults.Supervision;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Feed;

/// <summary>Signs in, follows the ticker, publishes its ticks. A refused session or a broken exchange makes it begin again; a replay makes it wait.</summary>
internal sealed class FeedLoop(
    FeedAddress address,
    IHttpClientFactory clients,
    LivePublisher publisher,
    LiveSequence sequence,
    FeedState state,
    ReplayStatus replay,
    MarketDataMetrics metrics,
    IOptions<FeedOptions> options,
    TimeProvider time,
    ILogger<FeedLoop> logger,
    Supervisor supervisor) : SupervisedService(supervisor), IKiteTickerHandler
{
    /// <summary>Client without redirects: the login's answer is the address that it redirects to.</summary>
    public const string Client = "kite";

    private const string Source = "kite";

    private static readonly TimeSpan LookForReplay = TimeSpan.FromMilliseconds(100);

    private readonly List<Tick> _frame = [];
    private readonly PacketTicks _ticks = new(Source, sequence);
    private Dictionary<uint, string> _symbols = [];

    /// <inheritdoc/>
    public void OnPacket(KitePacket packet, DateTimeOffset received)
    {
        if (_symbols.TryGetValue(packet.Token, out var symbol))
        {
            state.Priced();
            _ticks.Append(_frame, symbol, packet, received);
        }
    }

    /// <inheritdoc/>
    public async ValueTask OnFrameAsync(CancellationToken ct)
    {
        ReportProgress();
        if (_frame.Count > 0)
        {
            await publisher.PublishAsync(_frame, ct);
        }
    }

    /// <inheritdoc/>
    public void OnText(string json)
    {
        // Order updates are the execution engine's business.
    }

    /// <inheritdoc/>
    public void OnConnected()
    {
        state.Connected();
        metrics.FeedConnected();
        logger.FeedConnected(_symbols.Count);
    }

    /// <inheritdoc/>
    public void OnDisconnected(string reason)
    {
        state.Disconnected(reason);
        logger.FeedDisconnected(reason);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await WaitForReplayAsync(isActive: false, stoppingToken);
            state.Resume();
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var following = FollowAsync(end.Token);
            var first = await Task.WhenAny(following, WaitForReplayAsync(isActive: true, end.Token));
            await end.CancelAsync();
            if (first == following || stoppingToken.IsCancellationRequested)
            {
                await following;
            }

            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            state.Pause();
        }
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        try
        {
            using var http = clients.CreateClient(Client);
            http.BaseAddress = address.Rest;
            var kite = new KiteClient(http);
            var credentials = await SignInAsync(kite, ct);
            var instruments = await kite.GetInstrumentsAsync(credentials, options.Value.Exchange, ct);
            _symbols = instruments.Where(options.Value.Follows).ToDictionary(static found => found.Token, static found => found.Key);
            sequence.Pass(await publisher.LastAsync(ct));
            _frame.Clear();
            var ticker = new KiteTicker(
                new KiteTickerOptions { Address = address.Ticker, SilenceLimit = options.Value.SilenceLimit, MaxBackoff = options.Value.SilenceLimit }, _ => Task.FromResult(credentials), time);
            ticker.Subscribe(_symbols.Keys, KiteMode.Full);
            await ticker.RunAsync(this, ct);
        }
        catch (Exception failure) when (failure is KiteException or HttpRequestException)
        {
            state.Disconnected(failure.Message);
            throw;
        }
    }

    private async Task<KiteCredentials> SignInAsync(KiteClient kite, CancellationToken ct)
    {
        var settings = options.Value;
        var token = await kite.RequestTokenAsync(address.Rest, settings.ApiKey, ct);
        return (await kite.CreateSessionAsync(settings.ApiKey, token, settings.ApiSecret, ct)).Credentials;
    }

    private async Task WaitForReplayAsync(bool isActive, CancellationToken ct)
    {
        while (replay.IsActive != isActive)
        {
            await Task.Delay(LookForReplay, time, ct);
        }
    }
}

/// <summary>Where the exchange is.</summary>
/// <param name="Rest">Root of the API.</param>
/// <param name="Ticker">The ticker.</param>
internal sealed record FeedAddress(Uri Rest, Uri Ticker)
{
    private const string Discovered = "services:mock-mcp:http:0";

    /// <exception cref="AITrader.ServiceDefaults.Startup.SettingException">Neither a setting nor the topology says where it is.</exception>
    public static FeedAddress From(FeedOptions options, IConfiguration configuration)
    {
        var rest = options.Address ?? new Uri(configuration[Discovered] is { Length: > 0 } found ? found : configuration.RequireSetting($"{FeedOptions.Section}:{nameof(FeedOptions.Address)}"));
        var ticker = options.TickerAddress ?? new UriBuilder(rest) { Scheme = rest.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
        return new FeedAddress(rest, ticker);
    }
}
