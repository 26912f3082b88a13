using AITrader.Domain.Ticks;
using AITrader.TestSupport;
using static AITrader.MarketData.Tests.BinanceFeedTests;

namespace AITrader.MarketData.Tests;

/// <summary>A service that was down: its Binance feed goes on after the last recorded trade. A database and a Redis of its own for each
/// test.</summary>
public sealed class BinanceResumeTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Trades_missed_while_the_service_was_down_are_fetched_and_none_is_published_twice()
    {
        await using var bus = await RedisServer.StartAsync();
        await using var venue = await FakeVenue.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        await using (var before = await StartAsync(bus, database, venue))
        {
            await UntilAsync(() => venue.IsFollowed);
            await SendTradesAsync(venue, "AUSDT", 1, 20);
            await TicksAsync(before, "AUSDT", 20);
        }

        Happen(venue, "AUSDT", 21, 1_230); // more than two pages
        await using var after = await StartAsync(bus, database, venue);
        await TicksAsync(after, "AUSDT", 1_230);
        await UntilAsync(() => venue.IsFollowed);
        await SendTradesAsync(venue, "AUSDT", 1_229, 1_240);

        var ticks = await TicksAsync(after, "AUSDT", 1_240);
        Assert.Equal(Ids(1, 1_240), ticks.Select(static tick => (decimal)tick.Price));
        Assert.Equal(Ids(21, 1_230), ticks.Where(static tick => tick.Flags == TickFlags.Filled).Select(static tick => (decimal)tick.Price));
        Assert.Equal(Enumerable.Range(1, 1_240).Select(static id => (long?)id), ticks.Select(static tick => tick.TradeId));
        Assert.All(ticks.Zip(ticks.Skip(1)), static pair =>
            Assert.True(pair.First.Seq < pair.Second.Seq && pair.First.Timestamp <= pair.Second.Timestamp)
        );
    }

    [Fact]
    public async Task A_hole_above_the_limit_keeps_its_newest_trades_and_the_rest_is_counted_and_flagged()
    {
        await using var bus = await RedisServer.StartAsync();
        await using var venue = await FakeVenue.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        await using (var before = await StartAsync(bus, database, venue))
        {
            await UntilAsync(() => venue.IsFollowed);
            await SendTradesAsync(venue, "AUSDT", 1, 5);
            await TicksAsync(before, "AUSDT", 5);
        }

        Happen(venue, "AUSDT", 6, 100);
        await using var after = await StartAsync(bus, database, venue, ("Feed:Binance:FillLimit", "30"));

        var ticks = await TicksAsync(after, "AUSDT", 35);
        Assert.Equal([.. Ids(1, 5), .. Ids(71, 100)], ticks.Select(static tick => (decimal)tick.Price));
        Assert.Equal(
            Ids(71, 71),
            ticks.Where(static tick => tick.Flags.HasFlag(TickFlags.AfterGap)).Select(static tick => (decimal)tick.Price)
        );
        Assert.Equal(65, (await CountsAsync(after, "AUSDT")).GetProperty("missing").GetInt64());
    }

    [Fact]
    public async Task Without_the_venue_s_answer_the_first_trade_shows_the_hole()
    {
        await using var bus = await RedisServer.StartAsync();
        await using var venue = await FakeVenue.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        await using (var before = await StartAsync(bus, database, venue))
        {
            await UntilAsync(() => venue.IsFollowed);
            await SendTradesAsync(venue, "AUSDT", 1, 5);
            await TicksAsync(before, "AUSDT", 5);
        }

        (venue.IsRestDown, venue.RestStatus) = (true, 418);
        await using var after = await StartAsync(bus, database, venue);
        await UntilAsync(() => venue.IsFollowed);
        await SendTradesAsync(venue, "AUSDT", 9, 9);

        var ticks = await TicksAsync(after, "AUSDT", 6);
        Assert.Equal((FakeVenue.PriceOf(9), TickFlags.AfterGap), (ticks[^1].Price, ticks[^1].Flags));
        Assert.Equal(3, (await CountsAsync(after, "AUSDT")).GetProperty("missing").GetInt64());
    }

    [Fact]
    public async Task Ids_that_began_again_while_the_service_was_down_are_taken_up_and_the_next_tick_says_so()
    {
        await using var bus = await RedisServer.StartAsync();
        await using var venue = await FakeVenue.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        await using (var before = await StartAsync(bus, database, venue))
        {
            await UntilAsync(() => venue.IsFollowed);
            await SendTradesAsync(venue, "AUSDT", 5_001, 5_005);
            await TicksAsync(before, "AUSDT", 5);
        }

        venue.Forget(below: 10_000);
        var later = TimeProvider.System.GetUtcNow().AddSeconds(1).ToUnixTimeMilliseconds();
        venue.Trade("AUSDT", 40, later);
        await using var after = await StartAsync(bus, database, venue);
        await UntilAsync(async () => (await after.FeedAsync()).GetProperty("state").GetString() == "connected"); // the line of the service before may seem to stand still
        await venue.SendAsync(venue.Trade("AUSDT", 41, later + 1), venue.Trade("AUSDT", 42, later + 2));

        var ticks = await TicksAsync(after, "AUSDT", 7);
        Assert.Equal(
            [(41L, TickFlags.AfterGap), (42L, TickFlags.None)],
            ticks.Skip(5).Select(static tick => (tick.TradeId!.Value, tick.Flags))
        );
        Assert.Equal(1, (await CountsAsync(after, "AUSDT")).GetProperty("restarts").GetInt64());
    }

    [Theory]
    [InlineData(429)]
    [InlineData(418)]
    public async Task Who_is_told_to_wait_does_not_ask_again_before(int status)
    {
        await using var bus = await RedisServer.StartAsync();
        await using var venue = await FakeVenue.StartAsync();
        (venue.IsRestDown, venue.RestStatus, venue.RetryAfter) = (true, status, 3_600);
        await using var host = await StartAsync(bus, await postgres.NewDatabaseAsync(), venue);
        await UntilAsync(() => venue.IsFollowed);
        await SendTradesAsync(venue, "AUSDT", 1, 1);
        Happen(venue, "AUSDT", 2, 3);
        await SendTradesAsync(venue, "AUSDT", 4, 4);
        await TicksAsync(host, "AUSDT", 2);

        // Each hole would ask again.
        venue.IsRestDown = false;
        for (var id = 6L; id <= 40; id += 2)
        {
            await SendTradesAsync(venue, "AUSDT", id, id);
        }

        var ticks = await TicksAsync(host, "AUSDT", 20);
        Assert.All(ticks.Skip(1), static tick => Assert.Equal(TickFlags.AfterGap, tick.Flags));
        Assert.Single(venue.Requests, static path => path.Contains("Trades", StringComparison.Ordinal));
    }

    private static async Task<MarketDataHost> StartAsync(
        RedisServer bus,
        string database,
        FakeVenue venue,
        params (string, string?)[] settings
    ) => await MarketDataHost.StartAsync(bus.ConnectionString, database, [.. Merge(Settings(venue, "AUSDT"), settings)]);
}
