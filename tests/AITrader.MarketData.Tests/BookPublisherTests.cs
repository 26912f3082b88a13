using System.Globalization;
using System.Text.Json;
using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;
using AITrader.Domain.Time;
using AITrader.MarketData.OrderBooks;
using AITrader.OrderBooks;
using AITrader.Venues.Kite.Live;
using AITrader.Venues.Kite.Ticker;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.MarketData.Tests;

/// <summary>What is said of a book, and when; by a clock that is moved by hand.</summary>
public sealed class BookPublisherTests
{
    private const long Micros = 1_723_161_255_030_314;

    private readonly FakeTimeProvider _time = new();
    private readonly BookPublisher _books;

    public BookPublisherTests() => _books = new BookPublisher(Options.Create(new BookOptions { Depth = 2 }), _time);

    [Fact]
    public void Writes_the_best_levels_and_what_follows_from_them()
    {
        _books.Load(
            "BTCUSDT",
            "binance",
            7,
            [Level(61800.2m, 3m), Level(61800.1m, 0.5m), Level(61800m, 9m)],
            [Level(61800.3m, 1m)],
            Micros
        );
        var change = Assert.Single(_books.TakeChanges());
        Assert.Equal("BTCUSDT", change.Key);
        var micro = (61800.2 + ((61800.3 - 61800.2) * (3.0 / 4))).ToString(CultureInfo.InvariantCulture);
        var imbalance = (250_000_000.0 / 450_000_000.0).ToString(CultureInfo.InvariantCulture);
        Assert.StartsWith(
            $$"""{"symbol":"BTCUSDT","venue":"binance","timestamp":"2024-08-08T23:54:15.030314Z","update_id":7,"state":"live","bids":[[61800.2,3],[61800.1,0.5]],"asks":[[61800.3,1]],"spread":0.1,"mid":61800.25,"micro_price":{{micro}},"imbalance":{{imbalance}},"checksum":""",
            change.Value
        );
        var book = new LevelBook();
        book.Load([Level(61800.2m, 3m), Level(61800.1m, 0.5m)], [Level(61800.3m, 1m)]);
        Assert.Equal(book.Checksum().ToString("x16", CultureInfo.InvariantCulture), Read("BTCUSDT").GetProperty("checksum").GetString());
    }

    [Fact]
    public void Says_of_a_book_without_a_side_what_it_knows()
    {
        _books.Load("A", "v", 7, [Level(10, 3)], [], Micros);
        var book = Read("A");
        Assert.Equal(
            (0, JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null),
            (book.GetProperty("asks").GetArrayLength(), Kind("spread"), Kind("mid"), Kind("micro_price"))
        );
        Assert.Equal((1, "one_sided"), (book.GetProperty("imbalance").GetDouble(), book.GetProperty("state").GetString()));

        JsonValueKind Kind(string name) => book.GetProperty(name).ValueKind;
    }

    [Fact]
    public void Of_many_changes_only_the_newest_reading_is_taken_and_only_once()
    {
        _books.Load("A", "v", 1, [Level(10, 3)], [Level(11, 1)], Micros);
        for (var id = 2; id <= 100; id++)
        {
            _books.Apply("A", "v", new UpdateIds(id, id), [Level(10, id)], [], Micros + id);
        }

        Assert.Equal(100, Parse(Assert.Single(_books.TakeChanges()).Value).GetProperty("update_id").GetInt64());
        Assert.Empty(_books.TakeChanges());
        Assert.Equal(DiffOutcome.Stale, _books.Apply("A", "v", new UpdateIds(50, 50), [Level(10, 1)], [], Micros));
        Assert.Empty(_books.TakeChanges());
    }

    [Fact]
    public void Goes_from_synchronising_to_live_and_back_after_a_gap()
    {
        Assert.Equal(DiffOutcome.Buffered, _books.Apply("A", "v", new UpdateIds(5, 6), [Level(10, 1)], [], Micros));
        Assert.Equal(("synchronising", 0L), State("A"));
        Assert.Equal(SnapshotOutcome.TooOld, _books.Load("A", "v", 3, [Level(9, 1)], [Level(12, 1)], Micros));
        Assert.Equal(SnapshotOutcome.Loaded, _books.Load("A", "v", 5, [Level(9, 1)], [Level(12, 1)], Micros));
        Assert.Equal(("live", 6L), State("A"));
        Assert.Equal(DiffOutcome.Gap, _books.Apply("A", "v", new UpdateIds(9, 9), [Level(10, 1)], [], Micros));
        Assert.Equal(("synchronising", 0L), State("A"));
        Assert.Equal(0, Read("A").GetProperty("bids").GetArrayLength());
    }

    [Fact]
    public void A_silent_book_is_stale_which_is_said_once_and_crossed_books_say_so()
    {
        _books.Load("A", "v", 1, [Level(10, 3)], [Level(11, 1)], Micros);
        _books.TakeChanges();
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Empty(_books.TakeChanges());
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("stale", Parse(Assert.Single(_books.TakeChanges()).Value).GetProperty("state").GetString());
        Assert.Empty(_books.TakeChanges());

        _books.Apply("A", "v", new UpdateIds(2, 2), [Level(11.5m, 3)], [], Micros);
        Assert.Equal(("crossed", 2L), State("A"));
        _books.Apply("A", "v", new UpdateIds(3, 3), [Level(11.5m, 0), Level(11, 1)], [], Micros);
        Assert.Equal(("live", 3L), State("A")); // locked is not crossed
    }

    [Fact]
    public void Quotes_make_a_book_of_one_level_unless_there_is_a_fresh_one_with_depth()
    {
        _books.Quote("A", "csv", Level(10, 1), Level(11, 1), Micros);
        _books.Quote("A", "csv", Level(10.5m, 2), Level(11, 1), Micros);
        Assert.Equal("[[10.5,2]]", Read("A").GetProperty("bids").GetRawText());
        Assert.Equal(("live", 0L), State("A"));

        _books.Replace("A", "kite", [Level(9, 1), Level(8, 1)], [Level(12, 1)], Micros);
        _books.Quote("A", "csv", Level(10, 1), Level(11, 1), Micros);
        Assert.Equal(("kite", 2), (Read("A").GetProperty("venue").GetString(), Read("A").GetProperty("bids").GetArrayLength()));

        _time.Advance(TimeSpan.FromSeconds(5));
        _books.Quote("A", "csv", Level(10, 1), Level(11, 1), Micros);
        Assert.Equal(("csv", 1), (Read("A").GetProperty("venue").GetString(), Read("A").GetProperty("bids").GetArrayLength()));
    }

    [Fact]
    public void Feeds_of_different_kinds_take_a_symbol_over_from_each_other()
    {
        _books.Replace("A", "kite", [Level(9, 1), Level(8, 1)], [Level(12, 1)], Micros);
        Assert.Equal(DiffOutcome.Buffered, _books.Apply("A", "binance", new UpdateIds(5, 6), [Level(10, 1)], [], Micros));
        Assert.Equal(SnapshotOutcome.Loaded, _books.Load("A", "binance", 5, [Level(9.5m, 1)], [Level(12, 1)], Micros));
        Assert.Equal("[[10,1],[9.5,1]]", Read("A").GetProperty("bids").GetRawText());
        _books.Replace("A", "kite", [Level(9, 1)], [Level(12, 1)], Micros);
        Assert.Equal(("live", 0L), State("A"));
        _books.Reset("A");
        Assert.Equal(("synchronising", 0L), State("A"));
        Assert.False(_books.TryRead("B", out _));
    }

    [Fact]
    public void Shows_as_much_as_is_published_of_a_book_that_its_feed_keeps()
    {
        var kept = new BookBuilder();
        kept.Apply(new UpdateIds(5, 6), [Level(10, 1)], []);
        _books.Show("A", "binance", kept, Micros);
        Assert.Equal(("synchronising", 0L), State("A"));
        kept.Load(5, [Level(9, 1), Level(8, 1)], [Level(12, 1)]);
        _books.Show("A", "binance", kept, Micros);
        Assert.Equal(("live", 6L), State("A"));
        Assert.Equal("[[10,1],[9,1]]", Read("A").GetProperty("bids").GetRawText());
        kept.Apply(new UpdateIds(9, 9), [Level(10, 2)], []);
        _books.Show("A", "binance", kept, Micros);
        Assert.Equal(("synchronising", 0L), State("A"));
    }

    [Fact]
    public void A_book_whose_price_has_left_the_snapshot_is_not_live_and_says_no_best_price()
    {
        _books.Load("A", "v", 1, [Level(10, 3), Level(9, 1), Level(8, 1)], [Level(11, 1), Level(12, 1), Level(13, 1)], Micros);
        _books.Apply("A", "v", new UpdateIds(2, 2), [Level(10, 0), Level(9, 0), Level(5, 7)], [], Micros);
        Assert.Equal(("live", "[[8,1],[5,7]]"), (State("A").State, Read("A").GetProperty("bids").GetRawText()));
        _books.Apply("A", "v", new UpdateIds(3, 3), [Level(8, 0)], [], Micros);
        var book = Read("A");
        Assert.Equal(
            ("synchronising", "[]", "[[11,1],[12,1]]"),
            (State("A").State, book.GetProperty("bids").GetRawText(), book.GetProperty("asks").GetRawText())
        );
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (book.GetProperty("spread").ValueKind, book.GetProperty("mid").ValueKind));
        _books.Load("A", "v", 3, [Level(7, 2), Level(6, 1)], [Level(11, 1), Level(12, 1)], Micros);
        Assert.Equal(("live", "[[7,2],[6,1]]"), (State("A").State, Read("A").GetProperty("bids").GetRawText()));
    }

    [Fact]
    public void A_hollow_book_that_its_feed_keeps_is_not_live_either()
    {
        var kept = new BookBuilder();
        kept.Load(5, [Level(9, 1), Level(8, 1)], [Level(12, 1), Level(13, 1)], limit: 2);
        _books.Show("A", "binance", kept, Micros);
        Assert.Equal(("live", 5L), State("A"));
        kept.Apply(new UpdateIds(6, 6), [], [Level(12, 0), Level(13, 0), Level(20, 1)]);
        _books.Show("A", "binance", kept, Micros);
        Assert.Equal(("synchronising", 0), (State("A").State, Read("A").GetProperty("asks").GetArrayLength()));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void No_feed_makes_a_live_book_of_an_empty_side(int bids, int asks)
    {
        var (levels, others) = (Enumerable.Repeat(Level(10, 1), bids).ToArray(), Enumerable.Repeat(Level(11, 1), asks).ToArray());
        _books.Replace("K", "kite", levels, others, Micros);
        _books.Quote("Q", "csv", Level(10, bids), Level(11, asks), Micros);
        _books.Load("L", "binance", 7, levels, others, Micros);
        var kept = new BookBuilder();
        kept.Load(7, levels, others, limit: 1_000);
        _books.Show("S", "binance", kept, Micros);
        Assert.Equal(
            Enumerable.Repeat("one_sided", 4),
            _books.TakeChanges().Select(static change => Parse(change.Value).GetProperty("state").GetString())
        );
    }

    [Fact]
    public void Kites_full_packets_bring_five_levels_a_side_and_empty_ones_are_none()
    {
        var writer = new KiteFrameWriter();
        var snapshot = new KiteSnapshot
        {
            Token = 408065,
            LastPrice = 1500,
            Bids = [new KiteLevel(10, 1499.95m, 1), new KiteLevel(20, 1499.9m, 2)],
            Offers =
            [
                new KiteLevel(5, 1500.05m, 1),
                new KiteLevel(6, 1500.1m, 2),
                new KiteLevel(7, 1500.15m, 1),
                new KiteLevel(8, 1500.2m, 1),
                new KiteLevel(9, 1500.25m, 1),
            ],
        };
        writer.Add(snapshot, KiteMode.Quote);
        writer.Add(snapshot, KiteMode.Full);
        var frame = new KiteFrame(writer.Frame.Span);
        var depth = new KiteDepth(_books);
        Assert.True(frame.MoveNext());
        depth.Take("NSE:INFY", frame.Current, EventTime.FromMicros(Micros));
        Assert.False(_books.TryRead("NSE:INFY", out _)); // a quote packet has no depth
        Assert.True(frame.MoveNext());
        depth.Take("NSE:INFY", frame.Current, EventTime.FromMicros(Micros));
        var book = Read("NSE:INFY");
        Assert.Equal(
            ("kite", "[[1499.95,10],[1499.9,20]]", "[[1500.05,5],[1500.1,6]]"),
            (book.GetProperty("venue").GetString(), book.GetProperty("bids").GetRawText(), book.GetProperty("asks").GetRawText())
        );
    }

    private static BookLevel Level(decimal price, decimal size)
    {
        Assert.True(Price.TryCreate(price, out var exact));
        Assert.True(Quantity.TryCreate(size, out var quantity));
        return new BookLevel(exact, quantity);
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private JsonElement Read(string symbol)
    {
        Assert.True(_books.TryRead(symbol, out var json));
        return Parse(json);
    }

    private (string? State, long UpdateId) State(string symbol) =>
        (Read(symbol).GetProperty("state").GetString(), Read(symbol).GetProperty("update_id").GetInt64());
}
