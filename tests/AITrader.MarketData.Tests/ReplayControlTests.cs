using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.Contracts;
using AITrader.Contracts.Replays;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.MarketData.Replay;
using AITrader.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.MarketData.Tests;

/// <summary>Pause, resume, speed, seek, stop and loop on a real Redis and a real PostgreSQL; a database and a Redis of its own for each
/// test.</summary>
public sealed class ReplayControlTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly (string, string?)[] StoreOnly =
    [
        ("Replay:Ahead", "store"),
        ("Replay:Complete", "store"),
        ("Replay:Batch", "16"),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Holds_between_two_ticks_and_goes_on_without_loss()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis, [("Replay:Path", "demo"), ("Replay:Speed", "10")]);
        await AtLeastAsync(host, 1);

        await DoAsync(host, "pause");
        var held = await InStateAsync(host, ReplayReportStates.Paused);
        var run = Text(held, "run");
        await RefusedAsync(host, "pause", new { }, HttpStatusCode.Conflict, "replay-paused");

        // At full speed everything would be through at once, if it were not held.
        await DoAsync(host, "speed", new { speed = "max" });
        await host.StateAsync(static answer => answer.GetProperty("speed").GetString() == "max");
        var still = await InStateAsync(host, ReplayReportStates.Paused);
        Assert.Equal(Count(held, "published"), Count(still, "published"));
        Assert.Equal(JsonValueKind.Null, still.GetProperty("eta_seconds").ValueKind);
        Assert.Equal(Count(held, "published"), await host.Watermarks.GetAsync(run, ReplayStages.Published, Ct));

        await DoAsync(host, "resume");
        Assert.Equal(run, Text(await host.FinishedAsync(), "run"));
        Assert.Equal(Facts(await DemoAsync()), Facts(await host.StreamAsync()));
    }

    [Fact]
    public async Task Is_still_held_after_a_restart()
    {
        await using var redis = await RedisServer.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        (string, string?)[] settings = [.. StoreOnly, ("Replay:Path", "demo"), ("Replay:Speed", "10")];
        JsonElement held;
        await using (var first = await MarketDataHost.StartAsync(redis.ConnectionString, database, settings))
        {
            await AtLeastAsync(first, 1);
            await DoAsync(first, "speed", new { speed = 20 });
            await DoAsync(first, "pause");
            held = await InStateAsync(first, ReplayReportStates.Paused);
        }

        await using var second = await MarketDataHost.StartAsync(redis.ConnectionString, database, settings);
        var again = await InStateAsync(second, ReplayReportStates.Paused);
        Assert.Equal(
            (Text(held, "run"), Count(held, "published"), "20"),
            (Text(again, "run"), Count(again, "published"), Text(again, "speed"))
        );

        await DoAsync(second, "speed", new { speed = "max" });
        await DoAsync(second, "resume");
        Assert.Equal(Text(held, "run"), Text(await second.FinishedAsync(), "run"));
        Assert.Equal(Facts(await DemoAsync()), Facts(await second.StreamAsync()));
    }

    [Fact]
    public async Task Seeks_by_ending_the_run_and_beginning_another_one_there()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis, [("Replay:Path", "demo"), ("Replay:Speed", "10")]);
        var demo = await DemoAsync();
        var first = Text(await AtLeastAsync(host, 1), "run");

        await DoAsync(host, "pause");
        await DoAsync(host, "seek", new { seq = 1000 });
        var sought = await host.StateAsync(answer =>
            answer.GetProperty("run").GetString() is { } run
            && run != first
            && answer.GetProperty("state").GetString() == ReplayReportStates.Paused
        );
        Assert.EndsWith("-2", Text(sought, "run"));
        Assert.Equal((999, demo.Count), (Count(sought, "published"), Count(sought, "total")));
        await DoAsync(host, "resume");
        await DoAsync(host, "speed", new { speed = "max" });
        await host.FinishedAsync();
        Assert.Equal("max", Text(await host.StateAsync(static _ => true), "speed"));

        var ticks = await host.StreamAsync();
        Assert.Equal(Facts(demo.Skip(999)), Facts(ticks.Where(tick => tick.Run == Text(sought, "run"))));
        Assert.Equal(1000, ticks.First(tick => tick.Run == Text(sought, "run")).Seq);
        await using var db = host.Database();
        var runs = await db.ReplayRuns.OrderBy(static row => row.Attempt).ToListAsync(Ct);
        Assert.Equal(["stopped", "finished"], runs.Select(static row => row.State));
        Assert.Equal((1L, 1000L), (runs[0].FirstSeq, runs[1].FirstSeq));
        Assert.Equal($"left after tick {runs[0].Published} of {demo.Count} to go on at tick 1000", runs[0].Error);
        Assert.Equal(ticks.Count(tick => tick.Run == first), runs[0].Published);
    }

    [Theory]
    [InlineData("""{"time":"2026-01-05T03:47:00Z"}""")]
    [InlineData("""{"fraction":0.4}""")]
    public async Task Seeks_by_time_and_by_share(string where)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis, [("Replay:Path", "demo"), ("Replay:Speed", "1")]);
        var demo = await DemoAsync();
        await AtLeastAsync(host, 1);

        await DoAsync(host, "pause");
        await DoAsync(host, "seek", JsonSerializer.Deserialize<JsonElement>(where));
        var sought = await host.StateAsync(static answer =>
            answer.GetProperty("run").GetString()?.EndsWith("-2", StringComparison.Ordinal) == true
        );

        var expected = where.Contains("time", StringComparison.Ordinal)
            ? demo.FindIndex(static tick => tick.Timestamp >= new DateTimeOffset(2026, 1, 5, 3, 47, 0, TimeSpan.Zero))
            : (int)(0.4 * demo.Count);
        Assert.Equal(expected, Count(sought, "published"));
    }

    [Fact]
    public async Task Stops_when_every_stage_has_seen_what_was_published_and_stays_stopped()
    {
        await using var redis = await RedisServer.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        (string, string?)[] settings =
        [
            ("Replay:Ahead", "pattern"),
            ("Replay:Complete", "pattern,store"),
            ("Replay:Path", "demo"),
            ("Replay:Speed", "10"),
        ];
        await using (var first = await MarketDataHost.StartAsync(redis.ConnectionString, database, settings))
        {
            await AtLeastAsync(first, 1);
            await DoAsync(first, "stop");
            var stopping = await InStateAsync(first, ReplayReportStates.Stopping);
            var published = await first.Watermarks.GetAsync(Text(stopping, "run"), ReplayStages.Published, Ct);
            await RefusedAsync(first, "seek", new { seq = 1 }, HttpStatusCode.Conflict, "replay-stopping");
            await first.Watermarks.AdvanceAsync(Text(stopping, "run"), ReplayStages.Pattern, published, Ct);

            var stopped = await InStateAsync(first, ReplayReportStates.Stopped);
            Assert.Equal(published, Count(stopped, "published"));
            await using var db = first.Database();
            Assert.Equal(published, await db.Ticks.CountAsync(Ct));
            var row = await db.ReplayRuns.SingleAsync(Ct);
            Assert.Equal(("stopped", $"stopped after tick {published} of {(await DemoAsync()).Count}"), (row.State, row.Error));
            await RefusedAsync(first, "resume", new { }, HttpStatusCode.Conflict, "no-replay");
        }

        await using var second = await MarketDataHost.StartAsync(redis.ConnectionString, database, settings);
        await DoAsync(second, string.Empty, new { path = "demo", speed = "1" });
        Assert.EndsWith("-2", Text(await AtLeastAsync(second, 1), "run"));
    }

    [Fact]
    public async Task A_stop_is_not_forgotten_by_a_restart()
    {
        await using var redis = await RedisServer.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        (string, string?)[] settings =
        [
            ("Replay:Ahead", "pattern"),
            ("Replay:Complete", "pattern"),
            ("Replay:Path", "demo"),
            ("Replay:Speed", "10"),
        ];
        string run;
        await using (var first = await MarketDataHost.StartAsync(redis.ConnectionString, database, settings))
        {
            await AtLeastAsync(first, 1);
            await DoAsync(first, "stop");
            run = Text(await InStateAsync(first, ReplayReportStates.Stopping), "run");
        }

        await using var second = await MarketDataHost.StartAsync(redis.ConnectionString, database, settings);
        await InStateAsync(second, ReplayReportStates.Stopping);
        await second.Watermarks.AdvanceAsync(
            run,
            ReplayStages.Pattern,
            await second.Watermarks.GetAsync(run, ReplayStages.Published, Ct),
            Ct
        );
        Assert.Equal(run, Text(await InStateAsync(second, ReplayReportStates.Stopped), "run"));
    }

    [Fact]
    public async Task Begins_again_as_a_new_run_each_round_until_it_is_stopped()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis, []);
        await DoAsync(
            host,
            string.Empty,
            new
            {
                path = "demo",
                speed = "max",
                loop = true,
            }
        );
        await host.StateAsync(static answer => answer.GetProperty("round").GetInt32() >= 3);
        await DoAsync(host, "stop");
        await host.StateAsync(static answer =>
            answer.GetProperty("state").GetString() is ReplayReportStates.Stopped or ReplayReportStates.Finished
        );

        var demo = Facts(await DemoAsync()).ToList();
        await using var db = host.Database();
        var runs = await db.ReplayRuns.OrderBy(static row => row.Attempt).ToListAsync(Ct);
        Assert.Equal(Enumerable.Range(1, runs.Count), runs.Select(static row => row.Round));
        Assert.All(runs.SkipLast(1), static row => Assert.Equal("finished", row.State));
        var ticks = (await host.StreamAsync()).ToLookup(static tick => tick.Run);
        Assert.All(runs.SkipLast(1), row => Assert.Equal(demo, Facts(ticks[row.Run])));
    }

    [Fact]
    public async Task Begins_or_ceases_to_begin_again_when_it_is_told_so_while_it_runs_and_remembers_it()
    {
        await using var redis = await RedisServer.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        (string, string?)[] settings = [.. StoreOnly, ("Replay:Path", "demo"), ("Replay:Speed", "10")];
        await using (var first = await MarketDataHost.StartAsync(redis.ConnectionString, database, settings))
        {
            await AtLeastAsync(first, 1);
            await DoAsync(first, "pause");
            await DoAsync(first, "loop", new { loop = true });
            Assert.True((await InStateAsync(first, ReplayReportStates.Paused)).GetProperty("loop").GetBoolean());
        }

        await using var second = await MarketDataHost.StartAsync(redis.ConnectionString, database, settings);
        Assert.True((await InStateAsync(second, ReplayReportStates.Paused)).GetProperty("loop").GetBoolean());
        await DoAsync(second, "speed", new { speed = "max" });
        await DoAsync(second, "resume");
        await second.StateAsync(static answer => answer.GetProperty("round").GetInt32() >= 2);
        await DoAsync(second, "loop", new { loop = false });
        var ended = await second.FinishedAsync();
        Assert.False(ended.GetProperty("loop").GetBoolean());
        await using var db = second.Database();
        Assert.Equal(ended.GetProperty("round").GetInt32(), await db.ReplayRuns.CountAsync(Ct));
    }

    [Fact]
    public async Task Answers_a_request_with_the_replay_that_was_asked_for()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis, [("Replay:Path", "demo"), ("Replay:Speed", "max")]);
        await host.FinishedAsync();

        // Nobody waits between two of them: what has just ended must neither be shown nor be in the way.
        for (var speed = 100; speed < 105; speed++)
        {
            using var client = host.Client();
            using var answer = await client.PostAsJsonAsync("/replay", new { paths = new[] { "demo", "demo" }, speed }, Ct);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            var shown = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
            Assert.NotEqual("finished", Text(shown, "state"));
            Assert.Equal(("demo;demo", $"{speed}"), (Text(shown, "source"), Text(shown, "speed")));
            await host.StateAsync(answer => Text(answer, "state") == ReplayReportStates.Running && Text(answer, "speed") == $"{speed}");
            await DoAsync(host, "speed", new { speed = "max" });
            await host.FinishedAsync();
        }
    }

    [Fact]
    public async Task Stored_ticks_replay_as_the_file_did()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis, [("Replay:Path", "demo"), ("Replay:Speed", "max")]);
        var demo = await DemoAsync();
        var recorded = Text(await host.FinishedAsync(), "run");

        await DoAsync(
            host,
            string.Empty,
            new
            {
                ticks = new
                {
                    symbols = demo.Select(static tick => tick.Symbol).Distinct(),
                    from = demo[0].Timestamp,
                    to = demo[^1].Timestamp.AddMicroseconds(1),
                },
                speed = "max",
            }
        );
        var again = await host.StateAsync(answer =>
            answer.GetProperty("state").GetString() == "finished" && answer.GetProperty("run").GetString() != recorded
        );

        Assert.Matches("^ticks-3-symbols-[0-9a-f]{8}-1$", Text(again, "run"));
        var ticks = (await host.StreamAsync()).ToLookup(static tick => tick.Run);
        Assert.Equal(Facts(demo), Facts(ticks[Text(again, "run")]));
        Assert.Equal(
            ticks[recorded].Select(static tick => (tick.Seq, tick.Source, tick.Kind, (decimal?)tick.BidSize, (decimal?)tick.AskSize)),
            ticks[Text(again, "run")]
                .Select(static tick => (tick.Seq, tick.Source, tick.Kind, (decimal?)tick.BidSize, (decimal?)tick.AskSize))
        );

        await DoAsync(
            host,
            string.Empty,
            new
            {
                ticks = new
                {
                    symbols = new[] { "NSE:TCS" },
                    from = demo[0].Timestamp.AddMinutes(1),
                    to = demo[0].Timestamp.AddMinutes(2),
                    run = recorded,
                },
                speed = "max",
            }
        );
        var part = await host.StateAsync(static answer =>
            answer.GetProperty("state").GetString() == "finished"
            && answer.GetProperty("run").GetString()!.StartsWith("ticks-NSE_TCS", StringComparison.Ordinal)
        );
        var expected = demo.Where(tick =>
            tick.Symbol == "NSE:TCS"
            && tick.Timestamp >= demo[0].Timestamp.AddMinutes(1)
            && tick.Timestamp < demo[0].Timestamp.AddMinutes(2)
        );
        Assert.Equal(Facts(expected), Facts((await host.StreamAsync()).Where(tick => tick.Run == Text(part, "run"))));
    }

    [Fact]
    public async Task What_was_recorded_live_replays_with_its_flags_and_receive_times()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis, []);
        var start = new DateTimeOffset(2025, 1, 2, 9, 15, 0, TimeSpan.Zero);
        var live = Enumerable
            .Range(1, 9)
            .Select(n => new Tick
            {
                Symbol = "NSE:INFY",
                Kind = TickKind.Trade,
                Price = Price.Of(1500 + n),
                Volume = Quantity.Of(n),
                Timestamp = start.AddSeconds(n),
                Source = "kite",
                Seq = 1_000 + n,
                Flags = n % 3 == 0 ? TickFlags.None : (TickFlags)(byte)(n * 29),
                ReceivedAt = n % 2 == 0 ? null : start.AddSeconds(n).AddMicroseconds(n),
            })
            .ToList();
        await host.Services.GetRequiredService<AITrader.Messaging.IStreamPublisher>().PublishAsync<Tick>(live, Ct);
        await Eventually.TrueAsync(async () => await StoredAsync(host) == live.Count, "the live ticks are stored");

        await DoAsync(
            host,
            string.Empty,
            new
            {
                ticks = new
                {
                    symbols = new[] { "NSE:INFY" },
                    from = start,
                    to = start.AddMinutes(1),
                },
                speed = "max",
            }
        );
        var run = Text(await host.FinishedAsync(), "run");

        Assert.Equal(
            live.Select(static tick => (tick.Flags, tick.ReceivedAt)),
            (await host.StreamAsync()).Where(tick => tick.Run == run).Select(static tick => (tick.Flags, tick.ReceivedAt))
        );

        static async Task<int> StoredAsync(MarketDataHost host)
        {
            await using var db = host.Database();
            return await db.Ticks.CountAsync(static row => row.Run == "", Ct);
        }
    }

    [Fact]
    public async Task Tells_where_it_stands()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis, [("Replay:Path", "demo;demo"), ("Replay:Speed", "1000")]);
        var demo = await DemoAsync();
        var answer = await host.FinishedAsync();

        Assert.Equal(
            [
                "state",
                "run",
                "source",
                "sources",
                "speed",
                "loop",
                "round",
                "published",
                "total",
                "progress",
                "event_time",
                "from",
                "to",
                "eta_seconds",
                "lateness_ms",
                "watermarks",
                "error",
            ],
            answer.EnumerateObject().Select(static field => field.Name)
        );
        Assert.Equal(
            (2 * demo.Count, 2 * demo.Count, 1.0),
            (Count(answer, "published"), Count(answer, "total"), answer.GetProperty("progress").GetDouble())
        );
        Assert.Equal(["demo", "demo"], answer.GetProperty("sources").EnumerateArray().Select(static source => source.GetString()));
        Assert.Equal(
            (demo[0].Timestamp, demo[^1].Timestamp, demo[^1].Timestamp),
            (Time(answer, "from"), Time(answer, "to"), Time(answer, "event_time"))
        );
        var late = answer.GetProperty("lateness_ms");
        Assert.InRange(late.GetProperty("p99").GetDouble(), late.GetProperty("p50").GetDouble(), late.GetProperty("max").GetDouble());
    }

    [Fact]
    public async Task Refuses_what_makes_no_sense_and_says_what_would()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis, []);
        foreach (var command in new[] { "pause", "resume", "stop" })
        {
            await RefusedAsync(host, command, new { }, HttpStatusCode.Conflict, "no-replay");
        }

        await RefusedAsync(host, "speed", new { speed = 2 }, HttpStatusCode.Conflict, "no-replay");
        await RefusedAsync(host, "speed", new { speed = 0.01 }, HttpStatusCode.BadRequest, "bad-speed");
        await RefusedAsync(host, "speed", new { }, HttpStatusCode.BadRequest, "bad-speed");
        await RefusedAsync(host, "loop", new { }, HttpStatusCode.BadRequest, "bad-loop");
        await RefusedAsync(host, "loop", new { loop = true }, HttpStatusCode.Conflict, "no-replay");
        await RefusedAsync(host, "seek", new { }, HttpStatusCode.BadRequest, "bad-seek");
        await RefusedAsync(host, "seek", new { seq = 1, fraction = 0.5 }, HttpStatusCode.BadRequest, "bad-seek");
        await RefusedAsync(host, string.Empty, new { path = "demo", paths = new[] { "demo" } }, HttpStatusCode.BadRequest, "path-missing");
        await RefusedAsync(host, string.Empty, new { paths = Array.Empty<string>() }, HttpStatusCode.BadRequest, "path-missing");
        await RefusedAsync(host, string.Empty, new { path = "/etc/passwd" }, HttpStatusCode.BadRequest, "path-not-allowed");
        await RefusedAsync(host, string.Empty, new { path = "../../../etc/passwd" }, HttpStatusCode.BadRequest, "path-not-allowed");
        await RefusedAsync(host, string.Empty, new { path = "demo", speed = 2000 }, HttpStatusCode.BadRequest, "bad-speed");
        await RefusedAsync(
            host,
            string.Empty,
            new
            {
                ticks = new
                {
                    symbols = new[] { "A@B" },
                    from = "2024-08-08T00:00:00Z",
                    to = "2024-08-09T00:00:00Z",
                },
            },
            HttpStatusCode.BadRequest,
            "bad-ticks"
        );
        await RefusedAsync(
            host,
            string.Empty,
            new
            {
                ticks = new
                {
                    symbols = new[] { "A" },
                    from = "2024-08-09T00:00:00Z",
                    to = "2024-08-08T00:00:00Z",
                },
            },
            HttpStatusCode.BadRequest,
            "bad-ticks"
        );

        await DoAsync(
            host,
            string.Empty,
            new
            {
                ticks = new
                {
                    symbols = new[] { "A" },
                    from = "2024-08-08T00:00:00Z",
                    to = "2024-08-09T00:00:00Z",
                },
            }
        );
        Assert.EndsWith(
            "the tick store has no ticks of these symbols in this range",
            Text(await InStateAsync(host, ReplayReportStates.Failed), "error")
        );

        await DoAsync(host, string.Empty, new { path = "demo" });
        await AtLeastAsync(host, 1);
        await RefusedAsync(host, "resume", new { }, HttpStatusCode.Conflict, "replay-not-paused");
        await RefusedAsync(host, "seek", new { seq = 0 }, HttpStatusCode.BadRequest, "bad-seek");
        await RefusedAsync(host, "seek", new { fraction = 1.01 }, HttpStatusCode.BadRequest, "bad-seek");
        await RefusedAsync(host, "seek", new { time = "2025-01-05T03:47:00Z" }, HttpStatusCode.BadRequest, "bad-seek");
        await RefusedAsync(host, string.Empty, new { path = "demo" }, HttpStatusCode.Conflict, "replay-running");
        using var anybody = host.Client(withToken: false);
        using var refused = await anybody.PostAsJsonAsync("/replay/stop", new { }, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private async Task<MarketDataHost> StartAsync(RedisServer redis, (string, string?)[] settings) =>
        await MarketDataHost.StartAsync(redis.ConnectionString, await postgres.NewDatabaseAsync(), [.. StoreOnly, .. settings]);

    private static Task<JsonElement> InStateAsync(MarketDataHost host, string state) =>
        host.StateAsync(answer => answer.GetProperty("state").GetString() == state);

    private static Task<JsonElement> AtLeastAsync(MarketDataHost host, long published) =>
        host.StateAsync(answer => answer.GetProperty("published").GetInt64() >= published);

    private static async Task DoAsync(MarketDataHost host, string command, object? body = null)
    {
        using var client = host.Client();
        using var answer = await client.PostAsJsonAsync($"/replay/{command}", body ?? new { }, Ct);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync(Ct));
    }

    private static async Task RefusedAsync(MarketDataHost host, string command, object body, HttpStatusCode status, string reason)
    {
        using var client = host.Client();
        using var answer = await client.PostAsJsonAsync($"/replay/{command}", body, Ct);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal((status, $"urn:aitrader:market-data:{reason}"), (answer.StatusCode, problem.GetProperty("type").GetString()));
    }

    private static string Text(JsonElement answer, string name) => answer.GetProperty(name).GetString()!;

    private static long Count(JsonElement answer, string name) => answer.GetProperty(name).GetInt64();

    private static DateTimeOffset Time(JsonElement answer, string name) => answer.GetProperty(name).GetDateTimeOffset();

    private static IEnumerable<(string Symbol, DateTimeOffset Time, decimal Price, decimal Volume, decimal? Bid, decimal? Ask)> Facts(
        IEnumerable<Tick> ticks
    ) =>
        ticks.Select(static tick =>
            (tick.Symbol, tick.Timestamp, (decimal)tick.Price, (decimal)tick.Volume, (decimal?)tick.Bid, (decimal?)tick.Ask)
        );

    private static async Task<List<Tick>> DemoAsync()
    {
        await using var files = new MergedFiles([new DataSets(string.Empty).Resolve("demo")]);
        var ticks = new List<Tick>();
        while (await files.ReadAsync(Ct))
        {
            ticks.Add(files.Message("demo", files.Position));
        }

        return ticks;
    }
}
