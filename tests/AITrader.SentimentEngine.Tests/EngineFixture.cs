using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.ServiceDefaults;
using AITrader.ServiceDefaults.ServiceAuth;
using AITrader.Storage.Rows;
using AITrader.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.SentimentEngine.Tests;

/// <summary>A Redis, and databases for the engine to run on.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    private const string Key = "a key for tests that is long enough";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly Lazy<WebApplication> Caller = new(NewCaller);

    public RedisServer Redis { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Redis = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => Redis.DisposeAsync();

    public static async Task<ServiceDatabase> NewDatabaseAsync() => await (await PostgresServer.SharedAsync()).CreateServiceDatabaseAsync();

    /// <summary>Starts the engine, quick in all it does.</summary>
    public Task<ServiceProcess> StartAsync(ServiceDatabase database, Uri finbert, params (string Path, string Value)[] more) =>
        ServiceProcess.StartAsync(
            "AITrader.SentimentEngine",
            [
                ("ServiceAuth:Key", Key),
                ("ConnectionStrings:redis", Redis.ConnectionString),
                ("ConnectionStrings:aitrader", database.App),
                ("Sentiment:PollInterval", "00:00:00.1"),
                ("Fetch:HostInterval", "00:00:00"),
                ("Fetch:FirstPause", "00:00:00.1"),
                ("Fetch:MaxPause", "00:00:00.2"),
                ("Sources:Every", "00:00:00.2"),
                ("services:finbert-server:http:0", finbert.ToString()),
                .. more,
            ]
        );

    /// <summary>What the engine says of itself on /ready.</summary>
    public static async Task<string> ReasonAsync(ServiceProcess engine)
    {
        // 503 while Redis or the database has not answered yet; the report is there all the same.
        using var answer = await engine.Client.GetAsync("/ready", TestContext.Current.CancellationToken);
        var report = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return report
            .GetProperty("checks")
            .EnumerateArray()
            .Single(static check => check.GetProperty("name").GetString() == "sentiment")
            .GetProperty("description")
            .GetString()!;
    }

    /// <summary>Calls as strategy-engine does: with the defaults' client and a token.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(ServiceProcess engine, string path)
    {
        using var client = Caller.Value.Services.GetRequiredService<IHttpClientFactory>().CreateClient("plain");
        using var response = await client.GetAsync(new Uri(engine.Client.BaseAddress!, path), TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    /// <summary>Waits until it is so; longer than tests without servers and processes of their own do.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Limit, $"not so within {Limit}: {what}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public static Task UntilReadAsync(ServiceProcess engine, string symbol) =>
        UntilAsync(async () => (await AskAsync(engine, $"/sentiment/{symbol}")).Status == HttpStatusCode.OK, $"a reading of {symbol}");

    public static async Task<List<SentimentItemRow>> ItemsAsync(ServiceDatabase database)
    {
        await using var db = database.NewContext();
        return await db.SentimentItems.AsNoTracking().OrderBy(static row => row.ReceivedAt).ThenBy(static row => row.Id).ToListAsync();
    }

    public static async Task<List<OutboxRow>> OutboxAsync(ServiceDatabase database)
    {
        await using var db = database.NewContext();
        return await db.Outbox.AsNoTracking().OrderBy(static row => row.Position).ToListAsync();
    }

    private static WebApplication NewCaller()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "AITrader.StrategyEngine" });
        builder.Configuration["ServiceAuth:Key"] = Key;
        builder.AddServiceDefaults();
        builder.Services.AddHttpClient("plain").AddServiceToken("sentiment-engine");
        builder.Services.ConfigureHttpClientDefaults(static http =>
        {
#pragma warning disable EXTEXP0001 // A 503 is what is asked for: no retries.
            http.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        });
        return builder.Build();
    }
}
