using System.Text.Json;
using AITrader.Domain.Ticks;
using AITrader.MarketData.OrderBooks;
using AITrader.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static AITrader.MarketData.Tests.BinanceFeedTests;

namespace AITrader.MarketData.Tests;

/// <summary>Several lines, ids that begin again, and items that cannot be used: each costs only itself. Each test has a Redis and a
/// database of its own.</summary>
public sealed class BinanceOddItemsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private RedisServer? _bus;

    public async ValueTask InitializeAsync() => _bus = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => _bus!.DisposeAsync();

    [Fact]
    public async Task Symbols_above_a_line_are_followed_on_another_and_a_line_that_is_down_costs_no_other()
    {
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await StartAsync(venue, "AUSDT,BUSDT", ("Feed:Binance:StreamsPerConnection", "3"));
        await UntilAsync(() => venue.OpenLines == 2);
        Assert.Equal(
            [
                "/stream?streams=ausdt@depth@100ms/ausdt@bookTicker/ausdt@trade",
                "/stream?streams=busdt@depth@100ms/busdt@bookTicker/busdt@trade",
            ],
            venue.Requests.Where(static path => path.StartsWith("/stream", StringComparison.Ordinal)).Order()
        );
        await SendTradesAsync(venue, "AUSDT", 1, 20); // to both lines: the second time each is a repeat
        await TicksAsync(host, "AUSDT", 20);

        venue.IsDown = true;
        venue.Cut(line: 0);
        await UntilAsync(async () => (await host.FeedAsync()).GetProperty("state").GetString() == "partly_connected");
        await SendTradesAsync(venue, "AUSDT", 21, 30);
        var ticks = await TicksAsync(host, "AUSDT", 30);
        Assert.Equal(Ids(1, 30), ticks.Select(static tick => (decimal)tick.Price));
        Assert.Equal(
            (2, 3L),
            (
                (await host.FeedAsync()).GetProperty("expected_connections").GetInt32(),
                1 + (await host.FeedAsync()).GetProperty("connections").GetInt64()
            )
        );
        venue.IsDown = false;
        await UntilAsync(async () => (await host.FeedAsync()).GetProperty("state").GetString() == "connected");
    }

    [Fact]
    public async Task Lines_at_once_publish_in_the_order_of_their_numbers()
    {
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await StartAsync(
            venue,
            "AUSDT,BUSDT,CUSDT,DUSDT",
            ("Feed:Binance:StreamsPerConnection", "3"),
            ("Feed:QueueCapacity", "50")
        );
        await UntilAsync(() => venue.OpenLines == 4);
        await SendTradesAsync(venue, "BUSDT", 1, 400); // four times each, on four lines
        var ticks = await TicksAsync(host, "BUSDT", 400);
        Assert.Equal(Ids(1, 400), ticks.Select(static tick => (decimal)tick.Price));
        Assert.All(ticks.Zip(ticks.Skip(1)), static pair =>
            Assert.True(pair.First.Seq < pair.Second.Seq && pair.First.Timestamp <= pair.Second.Timestamp)
        );
    }

    [Fact]
    public async Task A_symbol_outside_of_ascii_is_named_and_neither_it_nor_its_messages_cost_the_others()
    {
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await StartAsync(venue, "测试USDT,AUSDT", ("Feed:Binance:GarbageLimit", "3"));
        await UntilAsync(() => venue.IsFollowed);
        Assert.Contains("/stream?streams=ausdt@depth@100ms/ausdt@bookTicker/ausdt@trade", venue.Requests);
        for (var id = 1; id <= 10; id++)
        {
            await venue.SendAsync(Quote("币安USDT", id, "1.0", "1.1"), Diff("币安USDT", id, id, id - 1, "[]", "[]"));
        }

        await venue.SendAsync(venue.Trade("AUSDT", 1));
        await TicksAsync(host, "AUSDT", 1);
        Assert.Equal((1, 0L), (venue.Connections, (await host.FeedAsync()).GetProperty("garbage").GetInt64()));
        Assert.Equal(
            ["messages of 币安USDT, a name that cannot be carried", "测试USDT, a name that cannot be carried, is not followed"],
            (await host.FeedAsync()).GetProperty("notices").EnumerateArray().Select(static notice => notice.GetString())
        );
    }

    [Fact]
    public async Task Without_any_symbol_that_can_be_carried_the_service_does_not_start()
    {
        await using var venue = await FakeVenue.StartAsync();
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(venue, "测试USDT"));
        Assert.Contains("no name in '测试USDT' can be carried", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_subscription_is_named_and_costs_no_line()
    {
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await StartAsync(venue, "AUSDT");
        await UntilAsync(() => venue.IsFollowed);
        await venue.SendAsync("""{"error":{"code":2,"msg":"Invalid request"},"id":7}""", venue.Trade("AUSDT", 1));
        await TicksAsync(host, "AUSDT", 1);
        await UntilAsync(async () =>
            (await host.ReadyAsync()).Feed
            == """prices flow; the venue refuses a subscription: {"error":{"code":2,"msg":"Invalid request"},"id":7}"""
        );
        Assert.Equal(1, venue.Connections);
    }

    [Fact]
    public async Task Trades_whose_ids_begin_again_are_taken_up_none_is_lost_and_the_first_one_says_so()
    {
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await StartAsync(venue, "AUSDT");
        await UntilAsync(() => venue.IsFollowed);
        await SendTradesAsync(venue, "AUSDT", 5_001, 5_003);
        await TicksAsync(host, "AUSDT", 3);
        venue.Forget(below: 10_000);
        for (var id = 1; id <= 8; id++)
        {
            await venue.SendAsync(venue.Trade("AUSDT", id, 1_700_000_010_000 + id), venue.Trade("AUSDT", id, 1_700_000_010_000 + id));
        }

        var ticks = await TicksAsync(host, "AUSDT", 11);
        Assert.Equal([5_001, 5_002, 5_003, 1, 2, 3, 4, 5, 6, 7, 8], ticks.Select(static tick => tick.TradeId!.Value));
        Assert.Equal(TickFlags.Filled | TickFlags.AfterGap, ticks[3].Flags);
        Assert.All(ticks.Skip(7), static tick => Assert.Equal(TickFlags.None, tick.Flags));
        Assert.Equal(
            (1L, 0L),
            (await CountsAsync(host, "AUSDT")) is var counts
                ? (counts.GetProperty("restarts").GetInt64(), counts.GetProperty("missing").GetInt64())
                : default
        );
    }

    [Fact]
    public async Task Ids_that_began_again_while_no_line_stood_are_taken_up()
    {
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await StartAsync(venue, "AUSDT");
        await UntilAsync(() => venue.IsFollowed);
        await SendTradesAsync(venue, "AUSDT", 5_001, 5_003);
        await venue.SendAsync(Quote("AUSDT", 5_000_000, "1.0", "1.1"));
        await TicksAsync(host, "AUSDT", 4);
        venue.Forget(below: 10_000);
        venue.Trade("AUSDT", 40, 1_700_000_010_000);
        venue.Cut();
        await UntilAsync(async () => (await host.FeedAsync()).GetProperty("connections").GetInt64() == 2);
        await venue.SendAsync(
            venue.Trade("AUSDT", 41, 1_700_000_010_001),
            Quote("AUSDT", 7, "1.0", "1.2"),
            venue.Trade("AUSDT", 42, 1_700_000_010_002)
        );

        var ticks = await TicksAsync(host, "AUSDT", 7);
        Assert.Equal([41L, null, 42L], ticks.Skip(4).Select(static tick => tick.TradeId));
        Assert.Equal([TickFlags.AfterGap, TickFlags.AfterGap, TickFlags.None], ticks.Skip(4).Select(static tick => tick.Flags));
    }

    [Fact]
    public async Task A_book_whose_ids_begin_again_is_not_called_live_until_it_is_that_of_the_venue()
    {
        await using var venue = await FakeVenue.StartAsync();
        venue.Book = static () => """{"lastUpdateId":9000,"bids":[["100","5"]],"asks":[["101","3"]]}""";
        await using var host = await StartAsync(venue, "AUSDT");
        await UntilAsync(() => venue.IsFollowed);
        await venue.SendAsync(Diff("AUSDT", 8_999, 9_001, 8_998, "[]", "[]"));
        await UntilAsync(async () => await PokeAsync(venue) && State(host) == ("live", 9_001));

        var isAllowed = false;
        venue.Book = () =>
            isAllowed ? """{"lastUpdateId":6,"bids":[["50","5"]],"asks":[["51","3"]]}""" : """{"lastUpdateId":9001,"bids":[],"asks":[]""";
        await venue.SendAsync(
            Diff("AUSDT", 1, 2, 0, "[]", "[]"),
            Diff("AUSDT", 3, 4, 2, "[]", "[]"),
            Diff("AUSDT", 5, 7, 4, "[]", """[["52","1"]]""")
        );
        await UntilAsync(async () => await PokeAsync(venue) && State(host) == ("synchronising", 0));
        isAllowed = true;
        await UntilAsync(async () => await PokeAsync(venue) && State(host) == ("live", 7));
    }

    [Fact]
    public async Task A_book_of_which_only_stale_diffs_come_is_stale()
    {
        await using var venue = await FakeVenue.StartAsync();
        venue.Book = static () => """{"lastUpdateId":9000,"bids":[["100","5"]],"asks":[["101","3"]]}""";
        await using var host = await StartAsync(
            venue,
            "AUSDT",
            ("Books:StaleAfter", "00:00:02"),
            ("Feed:InstrumentLimits", "AUSDT=2"),
            ("Feed:StaleAfter", "00:10:00")
        );
        await UntilAsync(() => venue.IsFollowed);
        await venue.SendAsync(Diff("AUSDT", 8_999, 9_001, 8_998, "[]", "[]"));
        await UntilAsync(async () => await PokeAsync(venue) && State(host) == ("live", 9_001));
        await using var stale = new Pulse(() => venue.SendAsync(Diff("AUSDT", 8_999, 9_001, 8_998, "[]", "[]")));
        await UntilAsync(() => State(host).State == "stale");
        await UntilAsync(async () => (await host.ReadyAsync()).Feed.StartsWith("stale: nothing of AUSDT for ", StringComparison.Ordinal));
    }

    // A snapshot that has come is loaded with the next message, whatever that is.
    private static async Task<bool> PokeAsync(FakeVenue venue)
    {
        await venue.SendAsync("""{"result":null,"id":1}""");
        return true;
    }

    private static (string? State, long UpdateId) State(MarketDataHost host)
    {
        if (!host.Services.GetRequiredService<BookPublisher>().TryRead("AUSDT", out var json))
        {
            return default;
        }

        var book = JsonDocument.Parse(json).RootElement;
        return (book.GetProperty("state").GetString(), book.GetProperty("update_id").GetInt64());
    }

    private async Task<MarketDataHost> StartAsync(FakeVenue venue, string symbols, params (string, string?)[] settings) =>
        await MarketDataHost.StartAsync(
            _bus!.ConnectionString,
            await postgres.NewDatabaseAsync(),
            [.. Merge(Settings(venue, symbols), settings)]
        );
}
