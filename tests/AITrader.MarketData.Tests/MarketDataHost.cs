using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.ServiceDefaults;
using AITrader.ServiceDefaults.ServiceAuth;
using AITrader.Storage.Model;
using AITrader.Venues.Feeds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AITrader.MarketData.Tests;

/// <summary>The whole service in this process, on a real Redis and a real PostgreSQL.</summary>
internal sealed class MarketDataHost : IAsyncDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;

    private MarketDataHost(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public IWatermarks Watermarks => Services.GetRequiredService<IWatermarks>();

    public static Task<MarketDataHost> StartAsync(string redis, string database, params (string Key, string? Value)[] settings) =>
        StartAsync(redis, database, MarketDataHostExtensions.Venues, settings);

    public static async Task<MarketDataHost> StartAsync(
        string redis,
        string database,
        IReadOnlyList<VenueDefinition> venues,
        params (string Key, string? Value)[] settings
    )
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "AITrader.MarketData" });
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:redis"] = redis,
                ["ConnectionStrings:aitrader"] = database,
                ["ServiceAuth:Key"] = "a-key-of-at-least-thirty-two-letters",
                ["Feed:Enabled"] = "false",
            }
        );
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(static setting => setting.Key, static setting => setting.Value));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddMarketData(venues);
        builder.Services.AddHttpClient("caller").AddServiceToken("market-data");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapMarketDataApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new MarketDataHost(app);
    }

    public HttpClient Client(bool withToken = true)
    {
        var factory = Services.GetRequiredService<IHttpClientFactory>();
        var client = withToken ? factory.CreateClient("caller") : new HttpClient();
        client.BaseAddress = new Uri(_app.Urls.First());
        return client;
    }

    /// <summary>Waits for a state of the replay, as the endpoint tells it.</summary>
    public async Task<JsonElement> StateAsync(Func<JsonElement, bool> isReached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(MaxWait);
        using var client = Client();
        while (true)
        {
            var answer = await client.GetFromJsonAsync<JsonElement>("/replay", limit.Token);
            if (isReached(answer))
            {
                return answer;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    public Task<JsonElement> FinishedAsync() => StateAsync(static answer => answer.GetProperty("state").GetString() == "finished");

    /// <summary>Every tick on the streams, live ones first, as a new group reads them.</summary>
    public async Task<List<Tick>> StreamAsync()
    {
        var group = string.Create(CultureInfo.InvariantCulture, $"reads-{TimeProvider.System.GetTimestamp()}");
        var ticks = new List<Tick>();
        foreach (var lane in Lane.All)
        {
            await using var reader = Services.GetRequiredService<IStreamReaders>().Open<Tick>(group, "test", lane.Of(StreamNames.RawTicks));
            while (await reader.ReadAsync(5_000, TimeSpan.Zero, TestContext.Current.CancellationToken) is { Count: > 0 } entries)
            {
                ticks.AddRange(entries.Select(static entry => entry.Message));
            }
        }

        return ticks;
    }

    /// <summary>What /ready says of the feed.</summary>
    public async Task<(HttpStatusCode Status, string Feed)> ReadyAsync()
    {
        using var client = Client(withToken: false);
        using var answer = await client.GetAsync(new Uri("/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        var report = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var feed = report.GetProperty("checks").EnumerateArray().Single(static check => check.GetProperty("name").GetString() == "feed");
        return (answer.StatusCode, feed.GetProperty("description").GetString() ?? string.Empty);
    }

    /// <summary>What /feed says.</summary>
    public async Task<JsonElement> FeedAsync()
    {
        using var client = Client();
        return await client.GetFromJsonAsync<JsonElement>("/feed", TestContext.Current.CancellationToken);
    }

    public AITraderDbContext Database() => Services.GetRequiredService<IDbContextFactory<AITraderDbContext>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
