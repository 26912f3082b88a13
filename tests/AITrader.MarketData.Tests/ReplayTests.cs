using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Formats;
using AITrader.MarketData.Replay;
using AITrader.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace AITrader.MarketData.Tests;

/// <summary>Replays on a real Redis and a real PostgreSQL; a database and a Redis of its own for each test.</summary>
public sealed class ReplayTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly (string, string?)[] StoreOnly = [("Replay:Ahead", "store"), ("Replay:Complete", "store")];

    [Fact]
    public async Task Publishes_and_stores_every_tick_once_and_in_order()
    {
        await using var bed = await BedAsync();
        await using var host = await bed.StartAsync([.. StoreOnly, ("Replay:Path", "demo"), ("Replay:Speed", "max")]);
        var answer = await host.FinishedAsync();

        var expected = Demo();
        var run = answer.GetProperty("run").GetString()!;
        Assert.Matches("^demo-[0-9a-f]{8}-1$", run);
        Assert.Equal(expected.Count, answer.GetProperty("published").GetInt64());
        Assert.Equal(expected.Count, answer.GetProperty("total").GetInt64());
        Assert.Equal(expected.Count, answer.GetProperty("watermarks").GetProperty("store").GetInt64());
        var ticks = await host.StreamAsync();
        Assert.Equal(Enumerable.Range(1, expected.Count).Select(static seq => (long)seq), ticks.Select(static tick => tick.Seq));
        Assert.All(ticks, tick => Assert.Equal(run, tick.Run));
        Assert.Equal(expected, ticks.Select(Facts));

        await using var db = host.Database();
        var rows = await db.Ticks.OrderBy(static row => row.Seq).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            expected,
            rows.Select(static row =>
                (row.Symbol, row.Timestamp, (decimal)row.Price, (decimal)row.Volume, (decimal?)row.Bid, (decimal?)row.Ask)
            )
        );
        var record = await db.ReplayRuns.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("finished", expected.Count, expected.Count), (record.State, (int)record.Published, (int)record.Ticks!));
    }

    [Fact]
    public async Task Gives_the_same_ticks_at_another_speed()
    {
        await using var bed = await BedAsync();
        await using var host = await bed.StartAsync([.. StoreOnly, ("Replay:Path", "demo"), ("Replay:Speed", "300")]);
        await host.FinishedAsync();
        Assert.Equal(Demo(), (await host.StreamAsync()).Select(Facts));
    }

    [Fact]
    public async Task Is_never_further_ahead_than_the_window()
    {
        await using var bed = await BedAsync();
        await using var host = await bed.StartAsync([
            ("Replay:Ahead", "pattern"),
            ("Replay:Complete", "pattern,strategy"),
            ("Replay:Path", "demo"),
            ("Replay:Speed", "max"),
            ("Replay:Window", "100"),
            ("Replay:Batch", "16"),
        ]);
        var answer = await host.StateAsync(static state => state.GetProperty("published").GetInt64() >= 96);
        var run = answer.GetProperty("run").GetString()!;
        for (var reached = 0L; reached < 1_000; reached += 250)
        {
            // Each batch may end at most 100 after the watermark, and the next one of 16 would pass it.
            Assert.InRange(await PublishedAsync(host, run, reached + 85), reached + 85, reached + 100);
            await host.Watermarks.AdvanceAsync(run, ReplayStages.Pattern, reached + 250, TestContext.Current.CancellationToken);
        }

        await host.Watermarks.AdvanceAsync(run, ReplayStages.Pattern, Demo().Count, TestContext.Current.CancellationToken);
        await PublishedAsync(host, run, Demo().Count);
        Assert.Equal("running", (await host.StateAsync(static _ => true)).GetProperty("state").GetString());
        await host.Watermarks.AdvanceAsync(run, ReplayStages.Strategy, Demo().Count, TestContext.Current.CancellationToken);
        await host.FinishedAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Goes_on_after_being_stopped_at_any_point_without_a_gap_or_a_repetition(int seed)
    {
        var random = new Random(seed);
        var expected = Demo();
        await using var bed = await BedAsync();
        (string, string?)[] settings =
        [
            ("Replay:Ahead", "pattern"),
            ("Replay:Complete", "pattern,store"),
            ("Replay:Path", "demo"),
            ("Replay:Speed", "max"),
            ("Replay:Window", "50"),
            ("Replay:Batch", "7"),
        ];
        string? run = null;
        for (var reached = 0L; reached < expected.Count; reached += random.Next(1, expected.Count / 4))
        {
            await using var host = await bed.StartAsync(settings);
            run = (await host.StateAsync(static state => state.GetProperty("run").ValueKind == JsonValueKind.String))
                .GetProperty("run")
                .GetString()!;
            await host.Watermarks.AdvanceAsync(run, ReplayStages.Pattern, reached, TestContext.Current.CancellationToken);
            await PublishedAsync(host, run, Math.Min(expected.Count, reached + 40));
        }

        await using var last = await bed.StartAsync(settings);
        await last.Watermarks.AdvanceAsync(run!, ReplayStages.Pattern, expected.Count, TestContext.Current.CancellationToken);
        Assert.Equal(run, (await last.FinishedAsync()).GetProperty("run").GetString());
        Assert.Equal(expected, (await last.StreamAsync()).Select(Facts));
        await using var db = last.Database();
        Assert.Equal(expected.Count, await db.Ticks.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Does_not_repeat_a_finished_replay_by_itself_but_does_when_asked()
    {
        await using var bed = await BedAsync();
        (string, string?)[] settings = [.. StoreOnly, ("Replay:Path", "demo"), ("Replay:Speed", "max")];
        await using (var first = await bed.StartAsync(settings))
        {
            await first.FinishedAsync();
        }

        await using var second = await bed.StartAsync(settings);
        using var client = second.Client();
        using var accepted = await client.PostAsJsonAsync(
            "/replay",
            new { path = "demo", speed = "max" },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.EndsWith("-2", (await second.FinishedAsync()).GetProperty("run").GetString());
        await using var db = second.Database();
        Assert.Equal(2, await db.ReplayRuns.CountAsync(static row => row.State == "finished", TestContext.Current.CancellationToken));
        Assert.Equal(2 * Demo().Count, await db.Ticks.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Refuses_a_file_that_turns_bad_before_anything_of_it_is_published()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("aitrader-").FullName, "bad.csv");
        await File.WriteAllTextAsync(
            path,
            "symbol,time,price,size,bid,ask\nX,1767584700,1,1,,\nX,1767584700,x,1,,\n",
            TestContext.Current.CancellationToken
        );
        await using var bed = await BedAsync();
        await using var host = await bed.StartAsync([.. StoreOnly, ("Replay:Path", path), ("Replay:Speed", "max")]);
        var answer = await host.StateAsync(static state => state.GetProperty("state").GetString() == "failed");
        Assert.Equal($"{path}:3: price: 'x' is not a number", answer.GetProperty("error").GetString());
        Assert.Empty(await host.StreamAsync());
    }

    [Fact]
    public async Task Gives_an_interrupted_replay_up_whose_file_is_gone()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("aitrader-").FullName, "gone.csv");
        await File.WriteAllTextAsync(path, "symbol,time,price,size,bid,ask\nX,1767584700,1,1,,\n", TestContext.Current.CancellationToken);
        await using var bed = await BedAsync();
        await using (var first = await bed.StartAsync([("Replay:Ahead", "pattern"), ("Replay:Complete", "pattern"), ("Replay:Path", path)]))
        {
            await first.StateAsync(static state => state.GetProperty("published").GetInt64() == 1);
        }

        File.Delete(path);
        await using var second = await bed.StartAsync([("Replay:Ahead", "pattern"), ("Replay:Complete", "pattern")]);
        var answer = await second.StateAsync(static state => state.GetProperty("state").GetString() == "failed");
        Assert.StartsWith($"{path}: does not exist", answer.GetProperty("error").GetString());
        await using var db = second.Database();
        Assert.Equal("failed", (await db.ReplayRuns.SingleAsync(TestContext.Current.CancellationToken)).State);
    }

    [Fact]
    public async Task Answers_only_services_and_says_what_is_wrong_with_a_request()
    {
        await using var bed = await BedAsync();
        await using var host = await bed.StartAsync([("Replay:Ahead", "pattern"), ("Replay:Complete", "pattern")]);
        using var anybody = host.Client(withToken: false);
        using var client = host.Client();

        Assert.Equal(HttpStatusCode.Unauthorized, await Post(anybody, new { path = "demo" }));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await anybody.GetAsync(new Uri("/replay", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode
        );
        Assert.Equal(HttpStatusCode.BadRequest, await Post(client, new { path = "nope" }));
        Assert.Equal(HttpStatusCode.BadRequest, await Post(client, new { path = "demo", speed = 0 }));
        Assert.Equal(HttpStatusCode.BadRequest, await Post(client, new { speed = 1 }));
        Assert.Equal("idle", (await host.StateAsync(static _ => true)).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Accepted, await Post(client, new { path = "demo", speed = 2.5 }));
        await host.StateAsync(static state => state.GetProperty("state").GetString() == "running");
        Assert.Equal(HttpStatusCode.Conflict, await Post(client, new { path = "demo" }));

        static async Task<HttpStatusCode> Post(HttpClient client, object body)
        {
            using var answer = await client.PostAsJsonAsync("/replay", body, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    private async Task<Bed> BedAsync() => new(await RedisServer.StartAsync(), await postgres.NewDatabaseAsync());

    private static async Task<long> PublishedAsync(MarketDataHost host, string run, long atLeast)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        return await host.Watermarks.WaitForAsync(run, ReplayStages.Published, atLeast, limit.Token);
    }

    private static (string Symbol, DateTimeOffset Time, decimal Price, decimal Volume, decimal? Bid, decimal? Ask) Facts(Tick tick) =>
        (tick.Symbol, tick.Timestamp, tick.Price, tick.Volume, tick.Bid, tick.Ask);

    private static List<(string Symbol, DateTimeOffset Time, decimal Price, decimal Volume, decimal? Bid, decimal? Ask)> Demo()
    {
        using var reader = TickFile.Open(new DataSets(string.Empty).Resolve("demo"));
        var facts = new List<(string, DateTimeOffset, decimal, decimal, decimal?, decimal?)>();
        while (reader.TryRead(out var tick))
        {
            facts.Add(
                (
                    reader.Symbols[tick.Symbol],
                    EventTime.FromMicros(tick.TimeMicros),
                    tick.Price.ToDecimal(),
                    tick.Size.ToDecimal(),
                    tick.Bid.ToDecimal(),
                    tick.Ask.ToDecimal()
                )
            );
        }

        return facts;
    }

    private sealed record Bed(RedisServer Redis, string Database) : IAsyncDisposable
    {
        public Task<MarketDataHost> StartAsync((string, string?)[] settings) =>
            MarketDataHost.StartAsync(Redis.ConnectionString, Database, settings);

        public ValueTask DisposeAsync() => Redis.DisposeAsync();
    }
}
