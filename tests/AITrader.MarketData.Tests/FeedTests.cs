using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.Domain.Ticks;
using AITrader.TestSupport;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Tests;

/// <summary>The live feed against an exchange that fails in every way.</summary>
public sealed class FeedTests(RedisFixture redis, PostgresFixture postgres) : IClassFixture<RedisFixture>, IClassFixture<PostgresFixture>
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

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
            [
                ("NSE:INFY", TickKind.Quote, 1500.05m, 0m),
                ("NSE:INFY", TickKind.Trade, 1500.10m, 12m),
                ("NSE:INFY", TickKind.Quote, 1500.10m, 0m),
                ("NSE:NIFTY 50", TickKind.Trade, 24_001m, 0m),
            ],
            ticks.Select(static tick => (tick.Symbol, tick.Kind, (decimal)tick.Price, (decimal)tick.Volume))
        );
        Assert.Equal(
            (1500.05m, 10m, 1500.15m, 20m),
            ((decimal)ticks[2].Bid!.Value, (decimal)ticks[2].BidSize!.Value, (decimal)ticks[2].Ask!.Value, (decimal)ticks[2].AskSize!.Value)
        );

        exchange.Cut();
        await UntilAsync(() => exchange.Connections == 2 && exchange.IsFollowed);
        await exchange.SendAsync(1501m, 1_020, 1500.05m, 1500.15m);
        Assert.Equal(8m, (await TicksAsync(host, 5))[^1].Volume);

        await exchange.SendAsync([0, 1, 0, 44, 1]); // garbage
        await UntilAsync(() => exchange.Connections == 3 && exchange.IsFollowed);
        await exchange.SendAsync(1502m, 1_021, 1500.05m, 1500.15m);
        ticks = await TicksAsync(host, 6);
        Assert.Equal(1502m, ticks[^1].Price);
        Assert.All(ticks.Zip(ticks.Skip(1)), static pair =>
            Assert.True(pair.First.Seq < pair.Second.Seq && pair.First.Timestamp <= pair.Second.Timestamp)
        );
        Assert.All(ticks, static tick => Assert.Equal(("kite", string.Empty), (tick.Source, tick.Run)));
    }

    [Fact]
    public async Task Says_within_seconds_that_an_open_line_is_silent_and_dials_anew()
    {
        await using var exchange = await FakeExchange.StartAsync();
        await using var host = await StartAsync(exchange, ("Feed:StaleAfter", "00:00:01"), ("Feed:SilenceLimit", "00:00:02"));
        await UntilAsync(() => exchange.IsFollowed);
        await exchange.SendAsync(1500m, 1, 1499m, 1501m);
        await UntilAsync(async () => (await ReadyAsync(host)).Status == HttpStatusCode.OK);

        await UntilAsync(async () => (await ReadyAsync(host)).Status == HttpStatusCode.ServiceUnavailable);
        Assert.Matches(@"^stale: no price for \d\.\d s; (connected, but nothing arrives|disconnected: .*)$", (await ReadyAsync(host)).Feed);
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
    public async Task Goes_on_while_a_replay_runs()
    {
        await using var exchange = await FakeExchange.StartAsync();
        await using var host = await StartAsync(exchange, ("Replay:Ahead", "store"), ("Replay:Complete", "store"));
        await UntilAsync(() => exchange.IsFollowed);
        using var client = host.Client();
        using var accepted = await client.PostAsJsonAsync(
            "/replay",
            new { path = "demo", speed = 200 },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await host.StateAsync(static answer => answer.GetProperty("published").GetInt64() > 0);
        var connections = exchange.Connections;
        await exchange.SendAsync(1500m, 1, 1499m, 1501m);
        await UntilAsync(async () =>
            (await host.StreamAsync()).Exists(static tick => tick is { Run.Length: 0, Price: var price } && price == 1500m)
        );
        await host.FinishedAsync();
        Assert.Equal((true, connections), (exchange.IsFollowed, exchange.Connections));
        Assert.Contains(await host.StreamAsync(), static tick => tick.Run.Length > 0);
    }

    [Fact]
    public async Task Says_which_instrument_of_a_living_line_is_silent_subscribes_it_again_and_then_dials_anew()
    {
        await using var exchange = await FakeExchange.StartAsync();
        await using var host = await StartAsync(
            exchange,
            ("Feed:InstrumentSilence", "00:00:00"),
            ("Feed:InstrumentLimits", "NSE:INFY=1"),
            ("Feed:StaleAfter", "00:10:00")
        );
        await UntilAsync(() => exchange.IsFollowed);
        await exchange.SendAsync(1500m, 1, 1499m, 1501m);
        await using var index = new Pulse(() => exchange.SendAsync(24_000m, 0, token: FakeExchange.Nifty));

        await UntilAsync(async () => (await ReadyAsync(host)).Feed.StartsWith("stale: nothing of NSE:INFY for ", StringComparison.Ordinal));
        await UntilAsync(() => exchange.Heard.Contains($$"""{"a":"unsubscribe","v":[{{FakeExchange.Infy}}]}"""));
        await UntilAsync(() => exchange.Connections >= 2);
        Assert.DoesNotContain(exchange.Heard, message => message == $$"""{"a":"unsubscribe","v":[{{FakeExchange.Nifty}}]}""");
        Assert.Equal(["NSE:INFY"], (await FeedAsync(host)).GetProperty("silent").EnumerateArray().Select(static name => name.GetString()));

        await UntilAsync(() => exchange.IsFollowed);
        await using var both = new Pulse(() => exchange.SendAsync(1500m, 1, 1499m, 1501m));
        await UntilAsync(async () => (await ReadyAsync(host)).Feed == "prices flow");
    }

    [Fact]
    public async Task Counts_and_flags_what_is_odd_and_never_lets_time_or_volume_go_back()
    {
        await using var exchange = await FakeExchange.StartAsync();
        await using var bus = await RedisServer.StartAsync();
        await using var host = await MarketDataHost.StartAsync(
            bus.ConnectionString,
            await postgres.NewDatabaseAsync(),
            ("Feed:Enabled", "true"),
            ("Feed:Address", exchange.Address.ToString()),
            ("Feed:InstrumentSilence", "00:00:00")
        );
        await UntilAsync(() => exchange.IsFollowed);
        await exchange.SendAsync(1500m, 100, 1499m, 1501m, second: 10);
        await exchange.SendAsync(1500m, 110, 1499m, 1501m, second: 11); // a trade of 10
        await exchange.SendAsync(1490m, 105, 1499m, 1501m, second: 9); // older by its time
        await exchange.SendAsync(1490m, 105, 1499m, 1501m, second: 11); // older by its volume
        await exchange.SendAsync(0m, 111, 1499m, 1501m, second: 12); // no price
        await exchange.SendAsync(1500m, 110, 1502m, 1501m, second: 13); // crossed
        await exchange.SendAsync(1500m, 110, 1501m, 1501m, second: 14); // locked: passes
        await exchange.SendAsync(1700m, 112, 1501m, 1501m, second: 15); // a trade of 2 outside the band
        await exchange.SendAsync(1500.01m, 113, 1501m, 0m, second: 16); // one side only; a trade of 1 off the tick
        await TicksAsync(host, 5); // a line that is cut takes with it what was not read
        exchange.Cut();
        await UntilAsync(() => exchange.Connections == 2 && exchange.IsFollowed);
        await exchange.SendAsync(1500m, 120, 1501m, 0m, second: 17); // what was missed is known as a sum only
        await exchange.SendAsync(1500m, 5, 1501m, 0m, second: 90_000); // the next day: its volume begins again
        var ticks = await TicksAsync(host, 7);
        Assert.Equal(
            [
                (TickKind.Quote, 1500m, 0m, TickFlags.None),
                (TickKind.Trade, 1500m, 10m, TickFlags.None),
                (TickKind.Quote, 1501m, 0m, TickFlags.Locked),
                (TickKind.Trade, 1700m, 2m, TickFlags.OutsideBand | TickFlags.Locked),
                (TickKind.Trade, 1500.01m, 1m, TickFlags.OffTick),
                (TickKind.Trade, 1500m, 7m, TickFlags.AfterGap),
                (TickKind.Trade, 1500m, 5m, TickFlags.None),
            ],
            ticks.Select(static tick => (tick.Kind, (decimal)tick.Price, (decimal)tick.Volume, tick.Flags))
        );

        var infy = (await FeedAsync(host))
            .GetProperty("instruments")
            .EnumerateArray()
            .Single(static found => found.GetProperty("symbol").GetString() == "NSE:INFY");
        Assert.Equal("""{"crossed":1,"one_sided":1,"out_of_order":2,"unpriced":1}""", Sorted(infy.GetProperty("dropped")));
        Assert.Equal("""{"after_gap":1,"locked":2,"off_tick":1,"outside_band":1}""", Sorted(infy.GetProperty("flagged")));
        Assert.Equal(7, infy.GetProperty("passed").GetInt64());
    }

    [Fact]
    public async Task Goes_on_where_the_ticker_refuses_for_a_while()
    {
        await using var exchange = await FakeExchange.StartAsync();
        exchange.IsDown = true;
        await using var host = await StartAsync(exchange);
        await UntilAsync(() => exchange.Refusals >= 2);
        await UntilAsync(async () => (await ReadyAsync(host)).Feed.Contains("disconnected", StringComparison.Ordinal));
        exchange.IsDown = false;
        await UntilAsync(() => exchange.IsFollowed);
        Assert.Equal(1, exchange.Logins);
    }

    [Fact]
    public async Task A_bus_that_is_away_holds_the_feed_back_and_nothing_that_was_read_is_lost()
    {
        await using var bus = await RedisServer.StartAsync();
        await using var exchange = await FakeExchange.StartAsync();
        await using var host = await MarketDataHost.StartAsync(
            bus.ConnectionString,
            await postgres.NewDatabaseAsync(),
            ("Feed:Enabled", "true"),
            ("Feed:Address", exchange.Address.ToString()),
            ("Feed:QueueCapacity", "10")
        );
        await UntilAsync(() => exchange.IsFollowed);
        await exchange.SendAsync(1500m, 100, 1499m, 1501m);
        await TicksAsync(host, 1);

        await bus.KillAsync();
        for (var i = 1u; i <= 50; i++)
        {
            await exchange.SendAsync(1500m, 100 + i, 1499m, 1501m);
        }

        await UntilAsync(async () => (await ReadyAsync(host)).Feed.StartsWith("held back for ", StringComparison.Ordinal));
        await bus.StartAgainAsync();
        var ticks = await TicksAsync(host, 51);
        Assert.Equal(Enumerable.Repeat(1m, 50), ticks.Skip(1).Select(static tick => (decimal)tick.Volume));
        Assert.All(ticks.Zip(ticks.Skip(1)), static pair => Assert.True(pair.First.Seq < pair.Second.Seq));
    }

    [Fact]
    public async Task Refuses_to_start_with_limits_that_make_no_sense()
    {
        await using var exchange = await FakeExchange.StartAsync();
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            StartAsync(exchange, ("Feed:InstrumentLimits", "NSE:INFY=5,NSE:TCS"))
        );
        Assert.Equal("Feed:InstrumentLimits: 'NSE:TCS' is not SYMBOL=SECONDS.", refusal.Message);
        refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(exchange, ("Feed:Kind", "reuters")));
        Assert.Contains("Feed:Kind is kite or binance.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Contract_and_hot_path_have_the_same_flags() =>
        Assert.Equal(
            Enum.GetValues<Domain.Ticks.TickFlags>().Select(static flag => (flag.ToString(), (byte)flag)),
            Enum.GetValues<TickFlags>().Select(static flag => (flag.ToString(), (byte)flag))
        );

    private async Task<MarketDataHost> StartAsync(FakeExchange exchange, params (string, string?)[] settings)
    {
        var host = await MarketDataHost.StartAsync(
            redis.ConnectionString,
            await postgres.NewDatabaseAsync(),
            [("Feed:Enabled", "true"), ("Feed:Address", exchange.Address.ToString()), .. settings]
        );
        _before = (await LiveTicksAsync(host)).Count; // The stream is the class's: an earlier test may have left some.
        return host;
    }

    private static async Task<List<Tick>> LiveTicksAsync(MarketDataHost host) =>
        [.. (await host.StreamAsync()).Where(static tick => tick.Run.Length == 0)];

    private async Task<List<Tick>> TicksAsync(MarketDataHost host, int count)
    {
        var ticks = new List<Tick>();
        await UntilAsync(async () => (ticks = [.. (await LiveTicksAsync(host)).Skip(_before)]).Count >= count);
        Assert.Equal(count, ticks.Count);
        return ticks;
    }

    private static Task<(HttpStatusCode Status, string Feed)> ReadyAsync(MarketDataHost host) => host.ReadyAsync();

    private static Task<JsonElement> FeedAsync(MarketDataHost host) => host.FeedAsync();

    private static string Sorted(JsonElement counts) =>
        JsonSerializer.Serialize(
            new SortedDictionary<string, long>(
                counts.EnumerateObject().ToDictionary(static count => count.Name, static count => count.Value.GetInt64()),
                StringComparer.Ordinal
            )
        );

    private static Task UntilAsync(Func<bool> isReached) => UntilAsync(() => Task.FromResult(isReached()));

    private static async Task UntilAsync(Func<Task<bool>> isReached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(MaxWait);
        while (!await isReached())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
