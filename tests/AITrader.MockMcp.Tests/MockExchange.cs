using AITrader.ServiceDefaults;
using AITrader.Venues.Kite;
using AITrader.Venues.Kite.Rest;
using AITrader.Venues.Kite.Ticker;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace AITrader.MockMcp.Tests;

/// <summary>The mock on a real port, composed as its program does, and clients for it.</summary>
internal sealed class MockExchange : IAsyncDisposable
{
    private readonly WebApplication _app;

    private MockExchange(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        Http = new HttpClient { BaseAddress = Address };
        Client = new KiteClient(Http);
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public KiteClient Client { get; }

    public static async Task<MockExchange> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder([
            "--urls=http://127.0.0.1:0",
            "--Kite:LimitRates=false",
            "--Market:TicksPerSecond=50",
        ]);
        builder.Configuration.AddInMemoryCollection(settings.Select(static set => new KeyValuePair<string, string?>(set.Key, set.Value)));
        builder.AddServiceDefaults();
        builder.AddMockMcp();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapMockMcp();
        await app.StartAsync();
        return new MockExchange(app);
    }

    /// <summary>With a market that moves only when it is told to.</summary>
    public static Task<MockExchange> StartStillAsync(params (string Key, string Value)[] settings) =>
        StartAsync([("Market:TicksPerSecond", "0"), .. settings]);

    /// <summary>Lets the market make steps.</summary>
    public Task StepAsync(int count = 1) => OrderAsync($"market/step?count={count}", TestContext.Current.CancellationToken);

    public async Task<KiteCredentials> SignInAsync(CancellationToken ct)
    {
        var token = await Client.RequestTokenAsync(Address, "test_api_key", ct);
        return (await Client.CreateSessionAsync("test_api_key", token, "test_api_secret", ct)).Credentials;
    }

    public KiteTicker Ticker(Func<CancellationToken, Task<KiteCredentials>> credentials, string path = "/ws") =>
        new(
            new KiteTickerOptions
            {
                Address = new UriBuilder(Address) { Scheme = "ws", Path = path }.Uri,
                SilenceLimit = TimeSpan.FromSeconds(3),
                Backoff = TimeSpan.FromMilliseconds(50),
            },
            credentials,
            TimeProvider.System
        );

    public async Task OrderAsync(string fault, CancellationToken ct)
    {
        using var answer = await Http.PostAsync(new Uri($"/admin/{fault}", UriKind.Relative), null, ct);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
