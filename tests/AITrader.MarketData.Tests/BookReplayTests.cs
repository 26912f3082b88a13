using System.Globalization;
using System.Text.Json;
using AITrader.Contracts;
using AITrader.Messaging;
using AITrader.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.MarketData.Tests;

/// <summary>Books of a whole replay, on a real Redis and a real PostgreSQL.</summary>
public sealed class BookReplayTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Symbol = "BTCUSDT";

    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replayed_capture_ends_in_the_expected_levels_in_the_cache_and_on_the_monitor()
    {
        var data = SharedData.Require("binance-l2/expected/usdm_btcusdt_20240808_final.json");
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(data, Ct));
        var last = expected.RootElement.GetProperty("last_depth_u").GetInt64();
        await using var redis = await RedisServer.StartAsync();
        await using var host = await MarketDataHost.StartAsync(
            redis.ConnectionString,
            await postgres.NewDatabaseAsync(),
            ("Replay:Ahead", "store"),
            ("Replay:Complete", "store"),
            ("Replay:DataFolder", SharedData.Folder)
        );
        var monitor = host.Services.GetRequiredService<IMonitorChannel>();
        var heard = ListenAsync(monitor, last);
        await Eventually.TrueAsync(
            async () =>
            {
                await monitor.PublishAsync("""{"type":"hello","data":{}}""", Ct);
                return heard.Began.IsCompleted;
            },
            "the listener listens"
        );
        using (var client = host.Client())
        {
            using var answer = await client.PostAsync(
                "/replay",
                new StringContent("""{"path":"binance-usdm-btcusdt","speed":"max"}""", System.Text.Encoding.UTF8, "application/json"),
                Ct
            );
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        }

        var told = await heard.Book;
        Check(expected.RootElement, told);
        var cached = await host.Services.GetRequiredService<ICache>().GetAsync(Lane.Replays.Key(CacheKeys.Book(Symbol)), Ct);
        Check(expected.RootElement, JsonDocument.Parse(cached!).RootElement);
        Assert.Equal((Symbol, "binance"), (told.GetProperty("symbol").GetString(), told.GetProperty("venue").GetString()));
    }

    private static void Check(JsonElement expected, JsonElement book)
    {
        Assert.Equal(expected.GetProperty("last_depth_u").GetInt64(), book.GetProperty("update_id").GetInt64());
        Assert.Equal(Levels(expected, "final_bids"), Levels(book, "bids"));
        Assert.Equal(Levels(expected, "final_asks"), Levels(book, "asks"));
        Assert.Equal(20, book.GetProperty("bids").GetArrayLength());
        Assert.Contains(book.GetProperty("state").GetString(), (string?[])["live", "stale"]); // under load five seconds may pass
    }

    private static List<(decimal Price, decimal Size)> Levels(JsonElement of, string name) =>
        [.. of.GetProperty(name).EnumerateArray().Select(static level => (Number(level[0]), Number(level[1])))];

    private static decimal Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDecimal();

    /// <summary>Listens until the book has reached an update id.</summary>
    private static (Task Began, Task<JsonElement> Book) ListenAsync(IMonitorChannel monitor, long last)
    {
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (began.Task, RunAsync());

        async Task<JsonElement> RunAsync()
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            limit.CancelAfter(MaxWait);
            await foreach (var text in monitor.SubscribeAsync(limit.Token))
            {
                began.TrySetResult();
                var message = JsonDocument.Parse(text).RootElement;
                if (
                    message.GetProperty("type").GetString() == "book"
                    && message.GetProperty("data").GetProperty("update_id").GetInt64() == last
                )
                {
                    return message.GetProperty("data");
                }
            }

            throw new InvalidOperationException("the monitor fell silent");
        }
    }
}
