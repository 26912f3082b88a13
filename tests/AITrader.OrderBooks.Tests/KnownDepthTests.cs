using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;

namespace AITrader.OrderBooks.Tests;

/// <summary>A snapshot of the best levels only, and prices that leave it.</summary>
public sealed class KnownDepthTests
{
    private readonly BookBuilder _builder = new();

    [Fact]
    public void A_side_that_has_lost_all_levels_of_the_snapshot_is_hollow_though_something_is_behind()
    {
        Load(10, "100*1 99*1 98*1 97*1", "101*1 102*1 103*1 104*1", limit: 4);
        Apply(11, "99*2", "");
        Assert.Equal((false, false, "100*1 99*2 98*1 97*1 | 101*1 102*1 103*1 104*1"), (_builder.IsThin, _builder.IsHollow, Known()));

        Apply(12, "100*0 99*0 90*5", "101*0"); // 90 is behind the snapshot: what is between, nobody has said
        Assert.Equal((false, false, "98*1 97*1 | 102*1 103*1 104*1"), (_builder.IsThin, _builder.IsHollow, Known()));
        Apply(13, "98*0", "");
        Assert.Equal((true, false, "97*1 | 102*1 103*1 104*1"), (_builder.IsThin, _builder.IsHollow, Known()));
        Apply(14, "97*0", "");
        Assert.Equal((true, true, "| 102*1 103*1 104*1"), (_builder.IsThin, _builder.IsHollow, Known()));
        Assert.True(_builder.IsSynchronised);
        Assert.Equal("90*5 | 102*1 103*1 104*1", Depth.Show(_builder.Book));
    }

    [Fact]
    public void A_side_that_empties_wholly_is_hollow_where_it_was_cut_and_empty_where_it_was_whole()
    {
        Load(10, "100*1", "101*1 102*1", limit: 2);
        Apply(11, "", "101*0 102*0");
        Assert.True(_builder.IsHollow);
        Apply(12, "", "101*1"); // comes back into what is known
        Assert.False(_builder.IsHollow);
        Apply(13, "100*0", "");
        Assert.False(_builder.IsHollow);
        Apply(14, "50*3", "");
        Assert.Equal((false, "50*3 | 101*1"), (_builder.IsHollow, Known()));
    }

    [Fact]
    public void Without_a_limit_the_longer_side_counts_as_cut()
    {
        Assert.Equal(SnapshotOutcome.Loaded, _builder.Load(10, Depth.Levels("100*1 99*1"), Depth.Levels("101*1")));
        Apply(11, "100*0 99*0", "101*0");
        Assert.True(_builder.IsHollow);
        Apply(12, "99*1", "110*1");
        Assert.Equal((false, "99*1 | 110*1"), (_builder.IsHollow, Known()));
    }

    [Fact]
    public void A_snapshot_that_is_older_than_the_book_when_it_comes_is_brought_up_to_date()
    {
        Load(10, "100*1 99*1", "101*1 102*1", limit: 2);
        Apply(11, "100*0", "101*0");
        Apply(12, "99*0", "");
        Assert.True(_builder.IsHollow);
        _builder.AwaitSnapshot();
        Apply(13, "96*4", "");
        Apply(14, "95*9", "102*2");
        Apply(15, "96*0", "");
        Assert.Equal((3, 5L, true), (_builder.Buffered, _builder.Applied, _builder.IsSynchronised));
        Assert.Equal(SnapshotOutcome.TooOld, _builder.Load(11, Depth.Levels("99*1"), Depth.Levels("102*1"), 2));
        Assert.Equal(SnapshotOutcome.Loaded, _builder.Load(13, Depth.Levels("97*7 96*4"), Depth.Levels("102*1 103*1"), 2));
        Assert.Equal("97*7 | 102*2 103*1", Known());
        Assert.Equal(
            (15, 0, 5L, 0L, 0L, false),
            (_builder.LastUpdateId, _builder.Buffered, _builder.Applied, _builder.Stale, _builder.Gaps, _builder.IsHollow)
        );
        Apply(16, "97*8", "");
        Assert.Equal(0, _builder.Buffered); // no longer kept
    }

    [Fact]
    public void A_gap_while_a_snapshot_is_awaited_empties_the_book_as_ever()
    {
        Load(10, "100*1 99*1", "101*1 102*1", limit: 2);
        _builder.AwaitSnapshot();
        Apply(11, "98*1", "");
        Assert.Equal(DiffOutcome.Gap, _builder.Apply(new UpdateIds(20, 20), Depth.Levels("97*1"), []));
        Assert.Equal((false, 1), (_builder.IsSynchronised, _builder.Buffered));
        Load(20, "90*1", "91*1", limit: 2);
        Apply(21, "", "");
        Assert.Equal(0, _builder.Buffered);
    }

    [Fact]
    public void A_full_buffer_beside_a_book_costs_the_buffer_not_the_book()
    {
        var builder = new BookBuilder(maxBufferedLevels: 3);
        builder.Load(10, Depth.Levels("100*1 99*1"), Depth.Levels("101*1 102*1"), 2);
        builder.AwaitSnapshot();
        Assert.Equal(DiffOutcome.Applied, builder.Apply(new UpdateIds(11, 11), Depth.Levels("98*1 97*1"), []));
        Assert.Equal(DiffOutcome.Applied, builder.Apply(new UpdateIds(12, 12), Depth.Levels("100*0 99*0"), []));
        Assert.Equal((1, 0L, true), (builder.Buffered, builder.Gaps, builder.IsSynchronised));
        Assert.Equal(SnapshotOutcome.TooOld, builder.Load(10, Depth.Levels("100*1"), Depth.Levels("101*1"), 2));
        Assert.Equal(SnapshotOutcome.Loaded, builder.Load(11, Depth.Levels("100*1 98*1"), Depth.Levels("101*1 102*1"), 2));
        Assert.Equal("98*1 | 101*1 102*1", Depth.Show(builder.Book));
    }

    [Fact]
    public void Levels_beyond_the_limit_are_forgotten_as_nobody_tells_when_they_go()
    {
        Load(10, "100*1 99*1 98*1", "101*1", limit: 3);
        Apply(11, "102*1 101.5*1", "101*0 103*1"); // up by two levels: 99 and 98 are beyond the third now
        Assert.Equal("102*1 101.5*1 100*1 | 103*1", Known());
        Assert.Equal("102*1 101.5*1 100*1 | 103*1", Depth.Show(_builder.Book));
        Apply(12, "102*0 101.5*0", "103*0 101*1"); // and back: whether 99 is still there, nobody has said
        Assert.Equal((true, "100*1 | 101*1"), (_builder.IsThin, Known()));
        Apply(13, "100*0", "");
        Assert.True(_builder.IsHollow);
    }

    [Fact]
    public void A_whole_side_that_outgrows_the_limit_is_cut_too()
    {
        Load(10, "100*1", "101*1", limit: 2);
        Apply(11, "99*1 98*1", "");
        Apply(12, "100*0 99*0", "");
        Assert.Equal((true, "| 101*1"), (_builder.IsHollow, Known()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_known_is_what_the_venue_has_whatever_happens(int seed)
    {
        var (random, venue) = (new Random(seed), new LevelBook());
        const int Limit = 20;
        var (middle, id, snapshots) = (10_000, 1L, 0);
        venue.Apply(Side(random, middle, -1, 200), Side(random, middle, 1, 200));
        for (var turn = 0; turn < 3_000; turn++)
        {
            middle += random.Next(-4, 5);
            var (bids, asks) = (Changes(random, venue.Bids, middle, -1), Changes(random, venue.Asks, middle, 1));
            venue.Apply(bids, asks);
            id++;
            _builder.Apply(new UpdateIds(id, id), bids, asks);
            if (!_builder.IsSynchronised || (_builder.IsThin && random.Next(3) == 0))
            {
                snapshots++;
                Assert.Equal(SnapshotOutcome.Loaded, _builder.Load(id, Top(venue.Bids, Limit), Top(venue.Asks, Limit), Limit));
            }

            var (knownBids, knownAsks) = (new BookLevel[Limit], new BookLevel[Limit]);
            Assert.Equal(Top(venue.Bids, _builder.CopyBids(knownBids)), knownBids.AsSpan(0, _builder.CopyBids(knownBids)).ToArray());
            Assert.Equal(Top(venue.Asks, _builder.CopyAsks(knownAsks)), knownAsks.AsSpan(0, _builder.CopyAsks(knownAsks)).ToArray());
        }

        Assert.InRange(snapshots, 10, 2_000);
    }

    private static BookLevel[] Top(BookSide side, int depth)
    {
        var levels = new BookLevel[Math.Min(depth, side.Count)];
        side.CopyTo(levels);
        return levels;
    }

    private static BookLevel[] Side(Random random, int middle, int sign, int count) =>
        [.. Enumerable.Range(1, count).Select(step => Level(middle + (sign * step), random.Next(1, 9)))];

    /// <summary>A few levels anywhere, and whatever the middle has run over goes.</summary>
    private static BookLevel[] Changes(Random random, BookSide side, int middle, int sign)
    {
        var changes = new List<BookLevel>();
        foreach (var level in side)
        {
            if ((level.Price.Nanos - (middle * Price.Scale)) * sign <= 0)
            {
                changes.Add(level with { Size = default });
            }
        }

        changes.AddRange(Enumerable.Range(0, 6).Select(_ => Level(middle + (sign * random.Next(1, 60)), random.Next(0, 5))));
        return [.. changes];
    }

    private static BookLevel Level(int price, int size) =>
        new(Price.FromNanos(price * Price.Scale), Quantity.FromRaw(size * Quantity.Scale));

    private void Load(long id, string bids, string asks, int limit) =>
        Assert.Equal(SnapshotOutcome.Loaded, _builder.Load(id, Depth.Levels(bids), Depth.Levels(asks), limit));

    private void Apply(long id, string bids, string asks) =>
        Assert.Equal(DiffOutcome.Applied, _builder.Apply(new UpdateIds(id, id), Depth.Levels(bids), Depth.Levels(asks)));

    private string Known()
    {
        var (bids, asks) = (new BookLevel[100], new BookLevel[100]);
        var known = new LevelBook();
        known.Load(bids.AsSpan(0, _builder.CopyBids(bids)), asks.AsSpan(0, _builder.CopyAsks(asks)));
        return Depth.Show(known);
    }
}
