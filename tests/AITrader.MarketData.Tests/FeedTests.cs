using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.Contracts.Messages;
using AITrader.TestSupport;

namespace AITrader.MarketData.Tests;

/// <summary>The live feed against an exchange that fails in every way.</summary>
public sealed class FeedTests(RedisFixture redis, PostgresFixture postgres) : IClassFixture<RedisFixture>, IClassFixture<PostgresFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private int _before;

    [Fact]
    public async Task Publishes_what_happened_between_packets_and_goes_on_after_every_failure()
    {
        await using var exchange = await FakeExchange.StartAsync();
        await using var host = await StartAsync(exchange);
        await UntilAsync(() => exchange.IsFollowed);

        await exchange.SendAsync(1500.05m, 1_000, 1500.00m, 1500.10m); // where the day stands: a quote, no trade
        await exchange.SendAsync(1500.10m, 1_012, 1500.00m, 1500.10m); // a trade of 12
        await exchange.SendAsync(1500.10m, 1_012, 1500.05m, 1500.15m); // a quote
        await exchange.SendAsync([0]); // a heartbeat
        await exchange.SendAsync(24_000m, 0, token: FakeExchange.Nifty);
        await exchange.SendAsync(24_001m, 0, token: FakeExchange.Nifty); // an index has prices only
        var ticks = await TicksAsync(host, 4);
        Assert.Equal(
            [("NSE:INFY", TickKind.Quote, 1500.05m, 0m), ("NSE:INFY", TickKind.Trade, 1500.10m, 12m), ("NSE:INFY", TickKind.Quote, 1500.10m, 0m), ("NSE:NIFTY 50", TickKind.Trade, 24_001m, 0m)],
            ticks.Select(static tick => (tick.Symbol, tick.Kind, tick.Price, tick.Volume)));
        Assert.Equal((1500.05m, 10m, 1500.15m, 20m), (ticks[2].Bid, ticks[2].BidSize, ticks[2].Ask, ticks[2].AskSize));

        exchange.Cut();
        await UntilAsync(() => exchange.Connections == 2 && exchange.IsFollowed);
        await exchange.SendAsync(1501m, 1_020, 1500.05m, 1500.15m);
        Assert.Equal(8m, (await TicksAsync(host, 5))[^1].Volume);

        await exchange.SendAsync([0, 1, 0, 44, 1]); // garbage
        await UntilAsync(() => exchange.Connections == 3 && exchange.IsFollowed);
        await exchange.SendAsync(1502m, 1_021, 1500.05m, 1500.15m);
        ticks = await TicksAsync(host, 6);
        Assert.Equal(1502m, ticks[^1].Price);
        Assert.All(ticks.Zip(ticks.Skip(1)), static pair => Assert.True(pair.First.Seq < pair.Second.Seq && pair.First.Timestamp <= pair.Second.Timestamp));
        Assert.All(ticks, static tick => Assert.Equal(("kite", string.Empty), (tick.Source, tick.Run)));
    }

    [Fact]
    public async Task Says_within_seconds_that_a_standing_line_is_silent_and_dials_anew()
    {
        await using var exchange = await FakeExchange.StartAsync();
        await using var host = await StartAsync(exchange, ("Feed:StaleAfter", "00:00:01"), ("Feed:SilenceLimit", "00:00:02"));
        await UntilAsync(() => exchange.IsFollowed);
        await exchange.SendAsync(1500m, 1, 1499m, 1501m);
        await UntilAsync(async () => (await ReadyAsync(host)).Status == HttpStatusCode.OK);

        await UntilAsync(async () => (await ReadyAsync(host)).Status == HttpStatusCode.ServiceUnavailable);
        Assert.Matches(@"^stale: no price for \d\.\d s; the line (stands but brings nothing|is down: .*)$", (await ReadyAsync(host)).Feed);
        await UntilAsync(() => exchange.Connections >= 2 && exchange.IsFollowed);
        await exchange.SendAsync(1500m, 2, 1499m, 1501m);
        await UntilAsync(async () => (await ReadyAsync(host)).Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signs_in_again_where_its_session_is_refused()
    {
        await using var exchange = await FakeExchange.StartAsync();
        exchange.RefusesSessions = true;
        await using var host = await StartAsync(exchange);
        await UntilAsync(() => exchange.Logins >= 2);
        exchange.RefusesSessions = false;
        await UntilAsync(() => exchange.IsFollowed);
    }

    [Fact]
    public async Task Waits_while_a_replay_runs()
    {
        await using var exchange = await FakeExchange.StartAsync();
        await using var host = await StartAsync(exchange, ("Replay:Ahead", "store"), ("Replay:Complete", "store"));
        await UntilAsync(() => exchange.IsFollowed);
        using var client = host.Client();
        using var accepted = await client.PostAsJsonAsync("/replay", new { path = "demo", speed = 200 }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await UntilAsync(() => !exchange.IsFollowed);
        await UntilAsync(async () => (await ReadyAsync(host)).Feed == "paused while a replay runs");
        await host.FinishedAsync();
        await UntilAsync(() => exchange.IsFollowed);
    }

    private async Task<MarketDataHost> StartAsync(FakeExchange exchange, params (string, string?)[] settings)
    {
        var host = await MarketDataHost.StartAsync(
            redis.ConnectionString,
            await postgres.Server.CreateDatabaseAsync(),
            [("Feed:Enabled", "true"), ("Feed:Address", exchange.Address.ToString()), .. settings]);
        _before = (await LiveTicksAsync(host)).Count; // The stream is the class's: an earlier test may have left some.
        return host;
    }

    private static async Task<List<Tick>> LiveTicksAsync(MarketDataHost host) => [.. (await host.StreamAsync()).Where(static tick => tick.Run.Length == 0)];

    private async Task<List<Tick>> TicksAsync(MarketDataHost host, int count)
    {
        var ticks = new List<Tick>();
        await UntilAsync(async () => (ticks = [.. (await LiveTicksAsync(host)).Skip(_before)]).Count >= count);
        Assert.Equal(count, ticks.Count);
        return ticks;
    }

    private static async Task<(HttpStatusCode Status, string? Feed)> ReadyAsync(MarketDataHost host)
    {
        using var client = host.Client(withToken: false);
        using var answer = await client.GetAsync(new Uri("/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        var report = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var feed = report.GetProperty("checks").EnumerateArray().Single(static check => check.GetProperty("name").GetString() == "feed");
        return (answer.StatusCode, feed.GetProperty("description").GetString());
    }

    private static Task UntilAsync(Func<bool> isReached) => UntilAsync(() => Task.FromResult(isReached()));

    private static async Task UntilAsync(Func<Task<bool>> isReached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        while (!await isReached())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
