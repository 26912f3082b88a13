using System.Globalization;
using System.Text.Json;
using AITrader.Domain.Ticks;
using AITrader.MarketData.OrderBooks;
using AITrader.TestSupport;
using AITrader.Venues.Binance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Tests;

/// <summary>The Binance feed against a venue that fails in every way. Each test has a symbol of its own; the price of a trade tells its
/// id.</summary>
public sealed class BinanceFeedTests(RedisFixture redis, PostgresFixture postgres)
    : IClassFixture<RedisFixture>,
        IClassFixture<PostgresFixture>
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Publishes_trades_quotes_and_books_of_the_symbols_it_asks_for()
    {
        await using var venue = await FakeVenue.StartAsync();
        venue.Book = static () => """{"lastUpdateId":20,"bids":[["100.0","5"],["99.9","7"]],"asks":[["100.2","3"]]}""";
        await using var host = await StartAsync(venue, "AUSDT");
        await UntilAsync(() => venue.IsFollowed);
        Assert.Contains("/stream?streams=ausdt@depth@100ms/ausdt@bookTicker/ausdt@trade", venue.Requests);

        await venue.SendAsync(
            venue.Trade("AUSDT", 10),
            Quote("AUSDT", 5, "100.0", "100.2"),
            Diff("AUSDT", 18, 21, 17, "[[\"100.0\",\"6\"],[\"99.8\",\"1\"]]", "[]"),
            venue.Trade("AUSDT", 11)
        );
        var ticks = await TicksAsync(host, "AUSDT", 3);
        Assert.Equal(
            [
                (TickKind.Trade, 100.10m, 0.5m, null, null),
                (TickKind.Quote, 100.1m, 0m, 100.0m, 100.2m),
                (TickKind.Trade, 100.11m, 0.5m, (decimal?)null, (decimal?)null),
            ],
            ticks.Select(static tick => (tick.Kind, (decimal)tick.Price, (decimal)tick.Volume, (decimal?)tick.Bid, (decimal?)tick.Ask))
        );
        Assert.Equal([10L, null, 11L], ticks.Select(static tick => tick.TradeId));
        Assert.All(ticks, static tick =>
            Assert.Equal(("binance", string.Empty, TickFlags.None, null), (tick.Source, tick.Run, tick.Flags, tick.ReceivedAt))
        );

        await SettledAsync(host, venue, "AUSDT", 12, 21);
        Assert.Equal("100 6|99.9 7|99.8 1|-|100.2 3", BookText(host));
        Assert.Contains("/fapi/v1/depth?symbol=AUSDT&limit=1000", venue.Requests);
        Assert.True(host.Services.GetRequiredService<BookPublisher>().TryRead("AUSDT", out var json));
        var book = JsonDocument.Parse(json).RootElement;
        Assert.Equal(
            ("live", 100m, 6m),
            (
                book.GetProperty("state").GetString(),
                book.GetProperty("bids")[0][0].GetDecimal(),
                book.GetProperty("bids")[0][1].GetDecimal()
            )
        );
    }

    [Fact]
    public async Task A_line_killed_in_the_middle_loses_no_trade_and_repeats_none()
    {
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await StartAsync(venue, "BUSDT");
        await UntilAsync(() => venue.IsFollowed);
        await SendTradesAsync(venue, "BUSDT", 1, 50);
        await TicksAsync(host, "BUSDT", 50);
        venue.Cut();
        for (var id = 51; id <= 1_300; id++)
        {
            venue.Trade("BUSDT", id); // while nobody listens: more than two pages
        }

        await UntilAsync(async () => (await FeedAsync(host)).GetProperty("connections").GetInt64() == 2);
        await SendTradesAsync(venue, "BUSDT", 1_290, 1_400); // the first of them were fetched already
        var ticks = await TicksAsync(host, "BUSDT", 1_400);
        Assert.Equal(Ids(1, 1_400), ticks.Select(static tick => (decimal)tick.Price));
        Assert.Equal(Ids(51, 1_300), ticks.Where(static tick => tick.Flags == TickFlags.Filled).Select(static tick => (decimal)tick.Price));
        Assert.All(ticks.Zip(ticks.Skip(1)), static pair =>
            Assert.True(pair.First.Seq < pair.Second.Seq && pair.First.Timestamp <= pair.Second.Timestamp)
        );
        Assert.Equal(11, (await CountsAsync(host, "BUSDT")).GetProperty("dropped").GetProperty("duplicate").GetInt64());
    }

    [Fact]
    public async Task Holes_in_the_stream_are_filled_and_what_cannot_be_had_is_counted_and_flagged()
    {
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await StartAsync(venue, "CUSDT");
        await UntilAsync(() => venue.IsFollowed);
        await SendTradesAsync(venue, "CUSDT", 1, 3);
        Happen(venue, "CUSDT", 4, 7);
        await SendTradesAsync(venue, "CUSDT", 8, 9);
        await TicksAsync(host, "CUSDT", 9);

        Happen(venue, "CUSDT", 10, 19);
        venue.Forget(below: 15);
        await SendTradesAsync(venue, "CUSDT", 20, 21);
        var ticks = await TicksAsync(host, "CUSDT", 16);
        Assert.Equal([.. Ids(1, 9), .. Ids(15, 21)], ticks.Select(static tick => (decimal)tick.Price));
        Assert.Equal(
            [.. Ids(4, 7), .. Ids(15, 19)],
            ticks.Where(static tick => tick.Flags.HasFlag(TickFlags.Filled)).Select(static tick => (decimal)tick.Price)
        );
        Assert.Equal(
            Ids(15, 15),
            ticks.Where(static tick => tick.Flags.HasFlag(TickFlags.AfterGap)).Select(static tick => (decimal)tick.Price)
        );
        var counts = await CountsAsync(host, "CUSDT");
        Assert.Equal((5L, 2L), (counts.GetProperty("missing").GetInt64(), counts.GetProperty("gaps").GetInt64()));
        Assert.Equal(1, venue.Connections);
    }

    [Fact]
    public async Task Repeats_are_dropped_and_time_that_goes_back_is_flagged_and_never_published()
    {
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await StartAsync(venue, "DUSDT");
        await UntilAsync(() => venue.IsFollowed);
        await venue.SendAsync(
            venue.Trade("DUSDT", 1, 1_000_000),
            venue.Trade("DUSDT", 1, 1_000_000),
            venue.Trade("DUSDT", 2, 999_000),
            venue.Trade("DUSDT", 1, 1_000_000),
            venue.Trade("DUSDT", 3, 1_000_001),
            Quote("DUSDT", 5, "1.0", "1.1"),
            Quote("DUSDT", 5, "1.0", "1.1"),
            Quote("DUSDT", 4, "0.9", "1.1"),
            Quote("DUSDT", 9, "1.1", "1.0"),
            Quote("DUSDT", 10, "1.1", "1.1"),
            Quote("DUSDT", 11, "0.00", "1.1"),
            venue.Trade("DUSDT", 4)
        );
        var ticks = await TicksAsync(host, "DUSDT", 6);
        Assert.Equal(
            [TickFlags.None, TickFlags.OutOfOrder, TickFlags.None, TickFlags.None, TickFlags.Locked, TickFlags.None],
            ticks.Select(static tick => tick.Flags)
        );
        Assert.All(ticks.Zip(ticks.Skip(1)), static pair => Assert.True(pair.First.Timestamp <= pair.Second.Timestamp));
        var dropped = (await CountsAsync(host, "DUSDT")).GetProperty("dropped");
        Assert.Equal(
            (3L, 1L, 1L, 1L),
            (
                dropped.GetProperty("duplicate").GetInt64(),
                dropped.GetProperty("out_of_order").GetInt64(),
                dropped.GetProperty("crossed").GetInt64(),
                dropped.GetProperty("one_sided").GetInt64()
            )
        );
    }

    [Fact]
    public async Task Garbage_is_counted_and_the_line_survives_it_unless_there_is_nothing_else()
    {
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await StartAsync(venue, "EUSDT", ("Feed:Binance:GarbageLimit", "5"));
        await UntilAsync(() => venue.IsFollowed);
        await SendTradesAsync(venue, "EUSDT", 1, 2);
        var damaged = venue.Trade("EUSDT", 3).Replace("\"p\":", "\"p\"", StringComparison.Ordinal);
        await venue.SendAsync(
            damaged,
            "{",
            "[]",
            """{"stream":"x@trade","data":{"s":"OTHER","t":1,"T":1,"p":"1","q":"1"}}""",
            venue.Trade("EUSDT", 4)
        );
        var ticks = await TicksAsync(host, "EUSDT", 4);
        Assert.Equal(Ids(1, 4), ticks.Select(static tick => (decimal)tick.Price));
        Assert.Equal((4L, 1), ((await FeedAsync(host)).GetProperty("garbage").GetInt64(), venue.Connections));

        await venue.SendAsync("1", "2", "3", "4", "5");
        await UntilAsync(() => venue.Connections == 2 && venue.IsFollowed);
        await SendTradesAsync(venue, "EUSDT", 5, 5);
        Assert.Equal(PriceTicks(5), (await TicksAsync(host, "EUSDT", 5))[^1].Price);
    }

    [Fact]
    public async Task A_gap_in_depth_makes_the_book_anew_from_a_newer_snapshot()
    {
        await using var venue = await FakeVenue.StartAsync();
        venue.Book = static () => """{"lastUpdateId":20,"bids":[["100","5"]],"asks":[["101","3"]]}""";
        await using var host = await StartAsync(venue, "FUSDT");
        await UntilAsync(() => venue.IsFollowed);
        await venue.SendAsync(Diff("FUSDT", 19, 21, 18, "[[\"99\",\"1\"]]", "[]"));
        await SettledAsync(host, venue, "FUSDT", 1, 21);
        await venue.SendAsync(Diff("FUSDT", 22, 23, 21, "[]", "[[\"102\",\"4\"]]"));
        await SettledAsync(host, venue, "FUSDT", 100, 23);
        Assert.Equal("100 5|99 1|-|101 3|102 4", BookText(host));

        // 24 to 30 are lost. The first snapshot that is offered is too old, the second one joins.
        var answers = 0;
        venue.Book = () =>
            Interlocked.Increment(ref answers) == 1
                ? """{"lastUpdateId":25,"bids":[["1","1"]],"asks":[["2","1"]]}"""
                : """{"lastUpdateId":33,"bids":[["90","5"]],"asks":[["91","3"]]}""";
        await venue.SendAsync(
            Diff("FUSDT", 31, 32, 30, "[[\"50\",\"1\"]]", "[]"),
            Diff("FUSDT", 33, 34, 32, "[[\"90\",\"0\"],[\"89\",\"2\"]]", "[]")
        );
        await SettledAsync(host, venue, "FUSDT", 200, 34);
        Assert.Equal("89 2|-|91 3", BookText(host));
        Assert.Equal(2, answers);
    }

    [Fact]
    public async Task A_price_that_leaves_the_snapshot_makes_the_book_anew_and_it_is_never_live_without_a_best_bid()
    {
        await using var venue = await FakeVenue.StartAsync();
        venue.Book = static () => Book(20, Rows(10_000, -1, 1_000), Rows(10_001, 1, 1_000));
        await using var host = await StartAsync(venue, "KUSDT");
        await UntilAsync(() => venue.IsFollowed);
        await venue.SendAsync(Diff("KUSDT", 19, 21, 18, "[]", "[]"));
        await SettledAsync(host, venue, "KUSDT", 1, 21);

        // Half of the bids go: another snapshot is asked for, which the venue refuses, and the book goes on.
        venue.IsRestDown = true;
        await venue.SendAsync(Diff("KUSDT", 22, 22, 21, Rows(10_000, -1, 600, 0), "[]"), Diff("KUSDT", 23, 23, 22, "[]", "[]"));
        var trade = 1_000;
        await UntilAsync(async () =>
        {
            await venue.SendAsync(venue.Trade("KUSDT", trade++));
            return venue.Refusals > 0 && host.Services.GetRequiredService<BookKeeper>().Find(0)?.LastUpdateId == 23;
        });
        Assert.Equal(("live", 9_400m), Shown(host, "KUSDT"));

        // The rest goes, and a bid comes far below: what lies between was never told.
        await venue.SendAsync(
            Diff("KUSDT", 24, 24, 23, Rows(9_400, -1, 400, 0), "[[\"5000\",\"1\"]]"),
            Diff("KUSDT", 25, 25, 24, "[[\"5000\",\"3\"]]", "[]")
        );
        await SettledAsync(host, venue, "KUSDT", 20_000, 25);
        Assert.Equal(("synchronising", null), Shown(host, "KUSDT"));

        // The snapshot that comes at last is older than the book.
        venue.Book = static () => Book(24, Rows(8_000, -1, 1_000), Rows(8_001, 1, 1_000));
        venue.IsRestDown = false;
        trade = 30_000;
        await UntilAsync(async () =>
        {
            await venue.SendAsync(venue.Trade("KUSDT", trade++));
            return Shown(host, "KUSDT") is ("live", 8_000m);
        });
        Assert.Equal((25L, 1), (host.Services.GetRequiredService<BookKeeper>().Find(0)!.LastUpdateId, venue.Connections));
    }

    [Fact]
    public async Task Says_which_symbol_is_silent_subscribes_it_again_and_then_dials_anew()
    {
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await StartAsync(
            venue,
            "GUSDT,HUSDT",
            ("Feed:InstrumentSilence", "00:00:00"),
            ("Feed:InstrumentLimits", "GUSDT=1"),
            ("Feed:StaleAfter", "00:10:00")
        );
        await UntilAsync(() => venue.IsFollowed);
        await using var other = new Pulse(() => venue.SendAsync(Quote("HUSDT", 1, "1.0", "1.1")));
        await UntilAsync(async () => (await host.ReadyAsync()).Feed.StartsWith("stale: nothing of GUSDT for ", StringComparison.Ordinal));
        Assert.Equal(["GUSDT"], (await FeedAsync(host)).GetProperty("silent").EnumerateArray().Select(static name => name.GetString()));
        await UntilAsync(() =>
            venue.Heard.Contains("""{"method":"SUBSCRIBE","params":["gusdt@depth@100ms","gusdt@bookTicker","gusdt@trade"],"id":2}""")
        );
        await UntilAsync(() => venue.Connections >= 2);
        Assert.DoesNotContain(venue.Heard, static message => message.Contains("husdt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_says_nothing_at_all_is_dialled_anew()
    {
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await StartAsync(venue, "IUSDT", ("Feed:SilenceLimit", "00:00:01"), ("Feed:StaleAfter", "00:00:01"));
        await UntilAsync(async () => (await host.ReadyAsync()).Feed.StartsWith("stale: no price for ", StringComparison.Ordinal));
        await UntilAsync(() => venue.Connections >= 2);
        await using var prices = new Pulse(() => venue.SendAsync(venue.Trade("IUSDT", 1), venue.Trade("IUSDT", 2)));
        await TicksAsync(host, "IUSDT", 2);
    }

    [Fact]
    public async Task A_venue_that_refuses_is_asked_again_and_again()
    {
        await using var venue = await FakeVenue.StartAsync();
        (venue.IsDown, venue.IsRestDown) = (true, true);
        venue.Book = static () => """{"lastUpdateId":20,"bids":[["100","5"]],"asks":[["101","3"]]}""";
        await using var host = await StartAsync(venue, "JUSDT");
        await UntilAsync(() => venue.Refusals >= 3);
        await UntilAsync(async () => (await host.ReadyAsync()).Feed.Contains("disconnected", StringComparison.Ordinal));
        venue.IsDown = false;
        await UntilAsync(() => venue.IsFollowed);
        var before = venue.Refusals;
        await venue.SendAsync(venue.Trade("JUSDT", 1), Diff("JUSDT", 19, 21, 18, "[]", "[[\"101\",\"9\"]]"));
        await TicksAsync(host, "JUSDT", 1);
        await UntilAsync(() => venue.Refusals > before);
        venue.IsRestDown = false;
        await SettledAsync(host, venue, "JUSDT", 2, 21);
        Assert.Equal("100 5|-|101 9", BookText(host));
    }

    [Fact]
    public async Task While_the_bus_is_away_the_socket_waits_and_every_trade_arrives_once()
    {
        const int Trades = 3_000;
        await using var bus = await RedisServer.StartAsync();
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await MarketDataHost.StartAsync(
            bus.ConnectionString,
            await postgres.NewDatabaseAsync(),
            [.. Settings(venue, "KUSDT"), ("Feed:QueueCapacity", "50"), ("Feed:StaleAfter", "00:10:00")]
        );
        await UntilAsync(() => venue.IsFollowed);
        await SendTradesAsync(venue, "KUSDT", 1, 10);
        await TicksAsync(host, "KUSDT", 10);
        await bus.KillAsync();
        var sending = SendTradesAsync(venue, "KUSDT", 11, Trades);
        await UntilAsync(async () => (await host.ReadyAsync()).Feed.StartsWith("held back for ", StringComparison.Ordinal));
        Assert.Equal("held_back", (await FeedAsync(host)).GetProperty("state").GetString());
        await bus.StartAgainAsync();
        await sending;
        var ticks = await TicksAsync(host, "KUSDT", Trades);
        Assert.Equal(Ids(1, Trades), ticks.Select(static tick => (decimal)tick.Price));
    }

    [Fact]
    public async Task A_line_of_age_and_a_venue_that_goes_are_left_without_losing_a_trade()
    {
        await using var venue = await FakeVenue.StartAsync();
        await using var host = await StartAsync(venue, "LUSDT", ("Feed:Binance:ConnectionLifetime", "00:00:01"));
        await UntilAsync(() => venue.IsFollowed);
        var id = 0;
        await using (var prices = new Pulse(() => venue.SendAsync(venue.Trade("LUSDT", ++id))))
        {
            await UntilAsync(() => venue.Connections >= 3);
            await venue.SendAsync("""{"e":"serverShutdown","E":1}""");
            await UntilAsync(() => venue.Connections >= 5);
        }

        await UntilAsync(() => venue.IsFollowed);
        await using var last = new Pulse(() => venue.SendAsync(venue.Trade("LUSDT", id)));
        var ticks = await TicksAsync(host, "LUSDT", id);
        Assert.Equal(Ids(1, id), ticks.Select(static tick => (decimal)tick.Price));
    }

    [Theory]
    [InlineData("Feed:Binance:Stream")]
    [InlineData("Feed:Binance:Rest")]
    [InlineData("Feed:Binance:Symbols")]
    public async Task Dials_nothing_that_nobody_wrote_down(string missing)
    {
        await using var venue = await FakeVenue.StartAsync();
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(venue, "MUSDT", (missing, null)));
        Assert.Contains($"{missing} is missing", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, venue.Connections);
    }

    private static decimal PriceTicks(long id) => FakeVenue.PriceOf(id);

    internal static IEnumerable<decimal> Ids(long first, long last) =>
        Enumerable.Range((int)first, (int)(last - first + 1)).Select(static id => FakeVenue.PriceOf(id));

    internal static string Quote(string symbol, long id, string bid, string ask) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"stream":"x@bookTicker","data":{"e":"bookTicker","u":{{{id}}},"s":"{{{symbol}}}","b":"{{{bid}}}","B":"2","a":"{{{ask}}}","A":"3","T":{{{1_700_000_000_000 + id}}}}}"""
        );

    internal static string Diff(string symbol, long first, long last, long previous, string bids, string asks) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"stream":"x@depth@100ms","data":{"e":"depthUpdate","s":"{{{symbol}}}","U":{{{first}}},"u":{{{last}}},"pu":{{{previous}}},"b":{{{bids}}},"a":{{{asks}}}}}"""
        );

    internal static void Happen(FakeVenue venue, string symbol, long first, long last)
    {
        for (var id = first; id <= last; id++)
        {
            venue.Trade(symbol, id);
        }
    }

    internal static async Task SendTradesAsync(FakeVenue venue, string symbol, long first, long last)
    {
        for (var id = first; id <= last; id++)
        {
            await venue.SendAsync(venue.Trade(symbol, id));
        }
    }

    // A snapshot is loaded with the next message: trades are sent until it has been.
    private static async Task SettledAsync(MarketDataHost host, FakeVenue venue, string symbol, long firstTrade, long updateId)
    {
        var id = firstTrade;
        await UntilAsync(async () =>
        {
            await venue.SendAsync(venue.Trade(symbol, id++));
            return host.Services.GetRequiredService<BookKeeper>().Find(0)?.LastUpdateId == updateId;
        });
    }

    /// <summary>Levels from a price on, one a unit.</summary>
    private static string Rows(int from, int step, int count, int size = 1) =>
        $"[{string.Join(',', Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"[\"{from + (step * i)}\",\"{size}\"]")))}]";

    private static string Book(long id, string bids, string asks) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"lastUpdateId":{{id}},"bids":{{bids}},"asks":{{asks}}}""");

    private static (string? State, decimal? BestBid) Shown(MarketDataHost host, string symbol)
    {
        Assert.True(host.Services.GetRequiredService<BookPublisher>().TryRead(symbol, out var json));
        var book = JsonDocument.Parse(json).RootElement;
        return (
            book.GetProperty("state").GetString(),
            book.GetProperty("bids").EnumerateArray().Select(static level => (decimal?)level[0].GetDecimal()).FirstOrDefault()
        );
    }

    private static string BookText(MarketDataHost host)
    {
        var book = host.Services.GetRequiredService<BookKeeper>().Find(0)!.Book;
        return string.Join('|', [.. Levels(book.Bids), "-", .. Levels(book.Asks)]);

        static IEnumerable<string> Levels(AITrader.OrderBooks.BookSide side) =>
            Enumerable.Range(0, side.Count).Select(level => $"{side[level].Price} {side[level].Size}");
    }

    internal static (string Key, string? Value)[] Settings(FakeVenue venue, string symbols) =>
        [
            ("Feed:Enabled", "true"),
            ("Feed:Kind", "binance"),
            ("Feed:Binance:Stream", venue.Stream.ToString()),
            ("Feed:Binance:Rest", venue.Rest.ToString()),
            ("Feed:Binance:Symbols", symbols),
            ("Feed:Binance:Backoff", "00:00:00.050"),
            ("Feed:InstrumentSilence", "00:00:00"),
            ("Feed:SilenceLimit", "00:01:00"),
            ("Books:StaleAfter", "00:01:00"),
        ];

    private async Task<MarketDataHost> StartAsync(FakeVenue venue, string symbols, params (string, string?)[] settings) =>
        await MarketDataHost.StartAsync(
            redis.ConnectionString,
            await postgres.NewDatabaseAsync(),
            [.. Merge(Settings(venue, symbols), settings)]
        );

    internal static IEnumerable<(string, string?)> Merge((string Key, string? Value)[] defaults, (string Key, string? Value)[] settings) =>
        [.. defaults.Where(pair => !settings.Any(set => set.Key == pair.Key)), .. settings];

    internal static async Task<List<Tick>> TicksAsync(MarketDataHost host, string symbol, int count)
    {
        var ticks = new List<Tick>();
        await UntilAsync(async () => (ticks = [.. (await host.StreamAsync()).Where(tick => tick.Symbol == symbol)]).Count >= count);
        Assert.Equal(count, ticks.Count);
        return ticks;
    }

    private static Task<JsonElement> FeedAsync(MarketDataHost host) => host.FeedAsync();

    internal static async Task<JsonElement> CountsAsync(MarketDataHost host, string symbol) =>
        (await host.FeedAsync())
            .GetProperty("instruments")
            .EnumerateArray()
            .Single(found => found.GetProperty("symbol").GetString() == symbol);

    internal static Task UntilAsync(Func<bool> isReached) => UntilAsync(() => Task.FromResult(isReached()));

    internal static async Task UntilAsync(Func<Task<bool>> isReached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(MaxWait);
        while (!await isReached())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
