using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AITrader.Contracts.Replays;
using AITrader.MarketData.Replay;
using AITrader.Storage.Rows;
using AITrader.TestSupport;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AITrader.MarketData.Tests;

/// <summary>Replays that cannot be: whatever is asked for, it ends, the live feed goes on, and the next replay can start.</summary>
public sealed class ReplayTroubleTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly (string, string?)[] StoreOnly = [("Replay:Ahead", "store"), ("Replay:Complete", "store")];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"ticks":{"symbols":["\u0000"],"from":"2024-08-08T00:00:00Z","to":"2024-08-09T00:00:00Z"}}""", "'ticks.symbols[0]'")]
    [InlineData("""{"ticks":{"symbols":["A"],"from":"2024-08-08T00:00:00Z","to":"2024-08-09T00:00:00Z","run":"a\u0000"}}""", "'ticks.run'")]
    [InlineData("""{"path":"demo\u0000"}""", "'path'")]
    [InlineData("""{"paths":["demo","\u0000"]}""", "'paths[1]'")]
    [InlineData("""{"ticks":{"symbols":["\ud800"],"from":"2024-08-08T00:00:00Z","to":"2024-08-09T00:00:00Z"}}""", "'ticks.symbols[0]'")]
    public async Task Text_that_cannot_be_stored_is_refused_and_nothing_begins(string body, string place)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis, []);

        var problem = await PostAsync(host, string.Empty, body, HttpStatusCode.BadRequest);

        Assert.Equal("urn:aitrader:market-data:malformed-body", Text(problem, "type"));
        Assert.Contains(place, Text(problem, "detail"), StringComparison.Ordinal);
        Assert.Equal(ReplayReportStates.Idle, Text(await host.StateAsync(static _ => true), "state"));
        await PostAsync(host, string.Empty, """{"path":"demo","speed":"max"}""", HttpStatusCode.Accepted);
        await host.FinishedAsync();
    }

    [Fact]
    public async Task A_load_that_can_only_fail_ends_with_its_reason_and_makes_room_for_the_next_one()
    {
        await using var redis = await RedisServer.StartAsync();
        var database = await postgres.NewServiceDatabaseAsync();
        await using var host = await MarketDataHost.StartAsync(redis.ConnectionString, database.App, StoreOnly);
        await SpoilAsync(database);

        await PostAsync(
            host,
            string.Empty,
            """{"ticks":{"symbols":["SPOILT"],"from":"2024-08-08T00:00:00Z","to":"2024-08-09T00:00:00Z"}}""",
            HttpStatusCode.Accepted
        );

        var failed = await InStateAsync(host, ReplayReportStates.Failed);
        Assert.Contains("Decimal", Text(failed, "error"), StringComparison.Ordinal);
        await PostAsync(host, "stop", "{}", HttpStatusCode.Conflict);
        await PostAsync(host, string.Empty, """{"path":"demo","speed":"max"}""", HttpStatusCode.Accepted);
        await host.FinishedAsync();
    }

    [Fact]
    public async Task A_load_is_stopped_while_it_is_held_up()
    {
        await using var redis = await RedisServer.StartAsync();
        var database = await postgres.NewServiceDatabaseAsync();
        await using var host = await MarketDataHost.StartAsync(redis.ConnectionString, database.App, StoreOnly);
        await using var connection = new NpgsqlConnection(database.Owner);
        await connection.OpenAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using (var hold = new NpgsqlCommand("LOCK TABLE ticks IN ACCESS EXCLUSIVE MODE", connection, transaction))
        {
            await hold.ExecuteNonQueryAsync(Ct);
        }

        await PostAsync(
            host,
            string.Empty,
            """{"ticks":{"symbols":["A"],"from":"2024-08-08T00:00:00Z","to":"2024-08-09T00:00:00Z"}}""",
            HttpStatusCode.Accepted
        );
        await InStateAsync(host, ReplayReportStates.Loading);
        await PostAsync(host, "pause", "{}", HttpStatusCode.Conflict);
        await PostAsync(host, "stop", "{}", HttpStatusCode.Accepted);

        var stopped = await InStateAsync(host, ReplayReportStates.Stopped);
        Assert.Equal("stopped while it was being loaded", Text(stopped, "error"));
        await transaction.RollbackAsync(Ct);
        await PostAsync(host, string.Empty, """{"path":"demo","speed":"max"}""", HttpStatusCode.Accepted);
        await host.FinishedAsync();
    }

    [Fact]
    public async Task A_load_that_an_outage_holds_up_says_so_on_ready_and_can_be_stopped()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var server = await PostgresServer.StartAsync();
        await using var host = await MarketDataHost.StartAsync(
            redis.ConnectionString,
            (await server.CreateServiceDatabaseAsync()).App,
            StoreOnly
        );
        // One goes well first: what was interrupted before the start has been looked for by then.
        await PostAsync(host, string.Empty, """{"path":"demo","speed":"max"}""", HttpStatusCode.Accepted);
        await host.FinishedAsync();
        await server.StopAsync();

        await PostAsync(host, string.Empty, """{"path":"demo","speed":"max"}""", HttpStatusCode.Accepted);
        var held = await host.StateAsync(static answer =>
            Text(answer, "state") == ReplayReportStates.Loading && answer.GetProperty("error").ValueKind == JsonValueKind.String
        );
        Assert.StartsWith("held up, and tried again: ", Text(held, "error"), StringComparison.Ordinal);

        // Each attempt looks at the request again: that must not count as work that was done.
        await Eventually.TrueAsync(async () => await LoopsAsync(host) == "unhealthy", "the loop is unhealthy");
        await PostAsync(host, "stop", "{}", HttpStatusCode.Accepted);
        await InStateAsync(host, ReplayReportStates.Stopped);

        await server.StartAgainAsync();
        await PostAsync(host, string.Empty, """{"path":"demo","speed":"max"}""", HttpStatusCode.Accepted);
        await host.FinishedAsync();
        await Eventually.TrueAsync(async () => await LoopsAsync(host) == "healthy", "the loop is healthy");
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_stage_that_is_down()
    {
        await using var redis = await RedisServer.StartAsync();
        (string, string?)[] settings =
        [
            ("Replay:Ahead", "pattern"),
            ("Replay:Complete", "pattern,store"),
            ("Replay:Window", "50"),
            ("Replay:Batch", "16"),
            ("Replay:StopPatience", "00:00:00.200"),
        ];
        await using var host = await MarketDataHost.StartAsync(redis.ConnectionString, await postgres.NewDatabaseAsync(), settings);
        await PostAsync(host, string.Empty, """{"path":"demo","speed":"max"}""", HttpStatusCode.Accepted);
        await host.StateAsync(static answer => answer.GetProperty("published").GetInt64() >= 48);

        // The window is full: the player waits for a stage that never comes.
        await PostAsync(host, "stop", "{}", HttpStatusCode.Accepted);

        var stopped = await InStateAsync(host, ReplayReportStates.Stopped);
        var published = stopped.GetProperty("published").GetInt64();
        Assert.InRange(published, 48, 50);
        Assert.Equal(
            $"stopped after tick {published} of {stopped.GetProperty("total").GetInt64()}, before every stage had seen it",
            Text(stopped, "error")
        );
        Assert.Equal(published, (await host.StreamAsync()).Count);
        await using var db = host.Database();
        Assert.Equal(
            (ReplayStates.Stopped, published),
            await db.ReplayRuns.Select(static row => new ValueTuple<string, long>(row.State, row.Published)).SingleAsync(Ct)
        );
    }

    [Fact]
    public async Task A_second_stop_waits_for_nothing()
    {
        await using var redis = await RedisServer.StartAsync();
        (string, string?)[] settings = [("Replay:Ahead", "store"), ("Replay:Complete", "pattern"), ("Replay:StopPatience", "01:00:00")];
        await using var host = await MarketDataHost.StartAsync(redis.ConnectionString, await postgres.NewDatabaseAsync(), settings);
        await PostAsync(host, string.Empty, """{"path":"demo","speed":"max"}""", HttpStatusCode.Accepted);
        await host.StateAsync(static answer => answer.GetProperty("progress").GetDouble() == 1);

        await PostAsync(host, "stop", "{}", HttpStatusCode.Accepted);
        await InStateAsync(host, ReplayReportStates.Stopping);
        await PostAsync(host, "stop", "{}", HttpStatusCode.Accepted);

        Assert.EndsWith(
            "before every stage had seen it",
            Text(await InStateAsync(host, ReplayReportStates.Stopped), "error"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("price", "BTCUSD,2024-08-08T00:00:01Z,0.123456789,1,,,,")]
    [InlineData("bid", "BTCUSD,2024-08-08T00:00:01Z,,,0.123456789,0.2,1,1")]
    [InlineData("ask", "BTCUSD,2024-08-08T00:00:01Z,,,0.1,0.123456789,1,1")]
    public async Task A_price_that_the_books_cannot_carry_is_refused_with_its_line(string field, string line)
    {
        using var folder = new Folder();
        var file = folder.Write(
            "prices.csv",
            $"symbol,time,price,size,bid,ask,bid_size,ask_size\nBTCUSD,2024-08-08T00:00:00Z,0.12345678,1,,,,\n{line}\n"
        );
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis, [("Replay:Folders:0", folder.Path)]);

        await PostAsync(host, string.Empty, JsonSerializer.Serialize(new { path = file, speed = "max" }), HttpStatusCode.Accepted);

        var failed = await InStateAsync(host, ReplayReportStates.Failed);
        Assert.EndsWith(
            $"prices.csv:3: {field}: 0.123456789 has more than 8 decimals, more than the books can carry",
            Text(failed, "error"),
            StringComparison.Ordinal
        );
        Assert.Empty(await host.StreamAsync());
        File.WriteAllText(file, File.ReadAllText(file).Replace("0.123456789", "0.12345678", StringComparison.Ordinal));
        await PostAsync(host, string.Empty, JsonSerializer.Serialize(new { path = file, speed = "max" }), HttpStatusCode.Accepted);
        await host.FinishedAsync();
    }

    [Fact]
    public async Task The_middle_of_two_prices_of_eight_decimals_may_have_a_ninth()
    {
        using var folder = new Folder();
        var file = folder.Write(
            "quotes.csv",
            "symbol,time,price,size,bid,ask,bid_size,ask_size\nSHIB,2024-08-08T00:00:00Z,,,0.00000001,0.00000002,1,1\n"
        );
        await using var cursor = new MergedFiles([file]);

        Assert.True(await cursor.ReadAsync(Ct));
        Assert.Equal(0.000000015m, cursor.Message("run", 1).Price);
    }

    private async Task<MarketDataHost> StartAsync(RedisServer redis, (string, string?)[] settings) =>
        await MarketDataHost.StartAsync(redis.ConnectionString, await postgres.NewDatabaseAsync(), [.. StoreOnly, .. settings]);

    // A number that no release writes: reading it fails, and no waiting helps.
    private static async Task SpoilAsync(ServiceDatabase database)
    {
        await using var db = database.NewContext();
        await db.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE ticks_20240808 PARTITION OF ticks FOR VALUES FROM ('2024-08-08 00:00:00+00') TO ('2024-08-09 00:00:00+00');
            INSERT INTO tick_partitions (day, created_at, last_write_at, rows) VALUES ('2024-08-08', now(), now(), 1);
            INSERT INTO ticks (symbol, timestamp, kind, price, volume, source, run, seq) VALUES ('SPOILT', '2024-08-08 12:00:00+00', 'T', 1e40, 1, 'test', '', 1);
            """,
            Ct
        );
    }

    private static async Task<string?> LoopsAsync(MarketDataHost host)
    {
        using var client = host.Client(withToken: false);
        using var answer = await client.GetAsync(new Uri("/ready", UriKind.Relative), Ct);
        var report = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        return report
            .GetProperty("checks")
            .EnumerateArray()
            .Single(static check => Text(check, "name") == "loops")
            .GetProperty("status")
            .GetString();
    }

    private static Task<JsonElement> InStateAsync(MarketDataHost host, string state) =>
        host.StateAsync(answer => Text(answer, "state") == state);

    private static async Task<JsonElement> PostAsync(MarketDataHost host, string command, string body, HttpStatusCode expected)
    {
        using var client = host.Client();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri($"/replay/{command}", UriKind.Relative), content, Ct);
        Assert.True(answer.StatusCode == expected, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private static string Text(JsonElement answer, string name) => answer.GetProperty(name).GetString()!;

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("aitrader-replay-").FullName;

        public string Write(string name, string text)
        {
            var file = System.IO.Path.Combine(Path, name);
            File.WriteAllText(file, text);
            return file;
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
