using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;
using AITrader.Formats.Binance;
using AITrader.TestSupport;

namespace AITrader.OrderBooks.Tests;

public sealed class LevelBookTests
{
    [Fact]
    public void Keeps_both_sides_best_first_and_removes_at_zero()
    {
        var book = Book("9*1 10*2 8*3", "12*1 11*2 13*3");
        Assert.Equal("10*2 9*1 8*3 | 11*2 12*1 13*3", Depth.Show(book));

        book.Apply(Depth.Levels("9*0 10*5 7.5*0 8.5*4"), Depth.Levels("11*0 99*0"));
        Assert.Equal("10*5 8.5*4 8*3 | 12*1 13*3", Depth.Show(book));
        Assert.Equal(Depth.Level("10", "5"), book.BestBid);
        Assert.Equal(Depth.Level("12", "1"), book.BestAsk);
        Assert.Equal("4", book.Bids.SizeAt(Depth.Level("8.5", "1").Price).ToString());
        Assert.Equal(default, book.Bids.SizeAt(Depth.Level("9", "1").Price));
        Assert.Equal(default, book.Asks.SizeAt(Depth.Level("8.5", "1").Price));
    }

    [Fact]
    public void Gives_as_many_levels_as_there_are_and_fit()
    {
        var book = Book("9*1 10*2 8*3", "");
        var levels = new BookLevel[5];
        Assert.Equal(2, book.Bids.CopyTo(levels.AsSpan(0, 2)));
        Assert.Equal(Depth.Levels("10*2 9*1"), levels[..2]);
        Assert.Equal(3, book.Bids.CopyTo(levels));
        Assert.Equal(0, book.Asks.CopyTo(levels));
        Assert.Throws<ArgumentOutOfRangeException>(() => book.Bids[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => book.Bids[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => book.Asks.Set(default, Quantity.FromRaw(-1)));
    }

    [Fact]
    public void Computes_spread_mid_micro_price_and_imbalance()
    {
        var book = Book("10*7 9*2", "11*5");
        Assert.Equal(("1", "10.5"), (book.Spread.ToString(), book.Mid.ToString()));
        Assert.Equal(10 + (7.0 / 12), book.MicroPrice);
        Assert.Equal(2.0 / 12, book.Imbalance(1));
        Assert.Equal(4.0 / 14, book.Imbalance(2));
        Assert.Equal(4.0 / 14, book.Imbalance(100));
        Assert.Throws<ArgumentOutOfRangeException>(() => book.Imbalance(0));
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("10*1", "", 1.0)]
    [InlineData("", "10*1", -1.0)]
    public void Says_nothing_of_a_spread_where_a_side_is_empty(string bids, string asks, double? imbalance)
    {
        var book = Book(bids, asks);
        Assert.Equal(BookCondition.OneSided, book.Condition);
        Assert.Equal((null, null, null), (book.Spread, book.Mid, book.MicroPrice));
        Assert.Equal(imbalance, book.Imbalance(5));
    }

    [Fact]
    public void Sums_up_quantities_that_do_not_fit_64_bits()
    {
        var book = Book("10*92233720368 9*92233720368 8*92233720368", "11*92233720368");
        Assert.Equal(0.5, book.Imbalance(3));
    }

    [Theory] // sums computed with an independent FNV-1a
    [InlineData("", "", 9808874869469701221)]
    [InlineData("10*7 9*2", "11*5", 1304800924796745619)]
    [InlineData("10*7", "11*5", 12007933883853774141)]
    public void Checksum_is_fnv_1a_of_counts_prices_and_quantities(string bids, string asks, ulong expected) =>
        Assert.Equal(expected, Book(bids, asks).Checksum());

    [Fact]
    public void Checksum_depends_on_the_levels_only_and_on_as_many_as_asked_for()
    {
        var book = Book("9*2 10*7", "11*5");
        Assert.Equal(Book("10*7 9*2", "12*1 11*5 12*0").Checksum(), book.Checksum());
        Assert.NotEqual(Book("10*7 9*3", "11*5").Checksum(), book.Checksum());
        Assert.NotEqual(Book("10*7", "9*2 11*5").Checksum(), book.Checksum());
        Assert.Equal(12007933883853774141, book.Checksum(depth: 1));
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 400)]
    [InlineData(3, 6000)]
    public void Equals_a_naive_book_after_any_updates(int seed, int prices)
    {
        var random = new Random(seed);
        var book = new LevelBook();
        var (bids, asks) = (new Dictionary<long, long>(), new Dictionary<long, long>());
        for (var i = 0; i < 60_000; i++)
        {
            var (side, naive) = random.Next(2) == 0 ? (book.Bids, bids) : (book.Asks, asks);
            var (price, size) = (random.NextInt64(1, prices + 1) * 10_000_000, random.Next(3) == 0 ? 0 : random.NextInt64(1, 1_000));
            side.Set(Price.FromNanos(price), Quantity.FromRaw(size));
            if (size == 0)
            {
                naive.Remove(price);
            }
            else
            {
                naive[price] = size;
            }

            Assert.Equal((bids.Count, asks.Count), (book.Bids.Count, book.Asks.Count));
            if (i % 500 == 0)
            {
                Assert.Equal(bids.OrderByDescending(static level => level.Key).Select(Level), Levels(book.Bids));
                Assert.Equal(asks.OrderBy(static level => level.Key).Select(Level), Levels(book.Asks));
                Assert.All(bids, level => Assert.Equal(level.Value, book.Bids.SizeAt(Price.FromNanos(level.Key)).Raw));
                Assert.Equal(Condition(bids, asks), book.Condition);
            }
        }

        static BookLevel Level(KeyValuePair<long, long> level) => new(Price.FromNanos(level.Key), Quantity.FromRaw(level.Value));

        static IEnumerable<BookLevel> Levels(BookSide side) => Enumerable.Range(0, side.Count).Select(depth => side[depth]);
    }

    [Fact]
    public void Updates_and_synchronisation_allocate_nothing_once_warm()
    {
        var diffs = Diffs(2_000);
        var builder = new BookBuilder();
        var cycles = 0;

        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                Cycle(builder, diffs);
                cycles++;
            })
        );
        Assert.Equal((2_000 * cycles, cycles, 0), (builder.Applied, builder.SnapshotsLoaded, builder.Gaps));
    }

    private static LevelBook Book(string bids, string asks)
    {
        var book = new LevelBook();
        book.Load(Depth.Levels(bids), Depth.Levels(asks));
        return book;
    }

    private static BookCondition Condition(Dictionary<long, long> bids, Dictionary<long, long> asks)
    {
        if (bids.Count == 0 || asks.Count == 0)
        {
            return BookCondition.OneSided;
        }

        var spread = asks.Keys.Min() - bids.Keys.Max();
        return spread > 0 ? BookCondition.Open
            : spread == 0 ? BookCondition.Locked
            : BookCondition.Crossed;
    }

    private static Depth[] Diffs(int count)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(1, count).Select(id => new Depth(DepthKind.Diff, new UpdateIds(id, id), Levels(5_000), Levels(9_000)))];

        BookLevel[] Levels(int lowest) =>
            [
                .. Enumerable
                    .Range(0, 8)
                    .Select(_ => new BookLevel(
                        Price.FromNanos(random.Next(lowest, lowest + 3_000) * 10_000_000L),
                        Quantity.FromRaw(random.Next(3) * 1_000L)
                    )),
            ];
    }

    /// <summary>Half of the diffs wait for the snapshot, half come after it.</summary>
    private static void Cycle(BookBuilder builder, Depth[] diffs)
    {
        builder.Reset();
        for (var i = 0; i < diffs.Length; i++)
        {
            if (i == diffs.Length / 2)
            {
                builder.Load(0, [], []);
            }

            builder.Apply(diffs[i].Ids, diffs[i].Bids, diffs[i].Asks);
        }

        _ = (builder.Book.Checksum(), builder.Book.MicroPrice, builder.Book.Imbalance(10), builder.Book.Condition, builder.Book.Spread);
    }
}
