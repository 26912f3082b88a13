namespace AITrader.OrderBooks.Tests;

/// <summary>The venue's synchronisation rules, each with the exact outcome, book and counts.</summary>
public sealed class BookBuilderTests
{
    private readonly BookBuilder _builder = new();

    [Fact]
    public void Spot_drops_what_the_snapshot_has_and_applies_the_rest_of_the_buffer()
    {
        Feed("Buffered", Diff(1, 5, "9*1", "11*1"));
        Feed("Buffered", Diff(6, 10, "9*2", "11*2"));
        Feed("Buffered", Diff(11, 14, "8*4", "11*0"));
        Assert.Equal((false, null, 3), (_builder.IsSynchronised, _builder.LastUpdateId, _builder.Buffered));

        Feed("Loaded", Depth.Snapshot(8, "10*7 9*7", "11*7 12*7"));
        State(14, "10*7 9*2 8*4 | 12*7", applied: 2, stale: 1, gaps: 0);
    }

    [Fact]
    public void Futures_join_the_snapshot_by_the_previous_id()
    {
        Feed("Buffered", Diff(10, 19, "9*1", "11*1", 5));
        Feed("Buffered", Diff(30, 39, "9*2", "", 19));
        Feed("Loaded", Depth.Snapshot(25, "10*7 9*7", "11*7"));
        State(39, "10*7 9*2 | 11*7", applied: 1, stale: 1, gaps: 0);

        Feed("Applied", Diff(50, 51, "10*0", "", 39));
        State(51, "9*2 | 11*7", applied: 2, stale: 1, gaps: 0);
    }

    [Fact]
    public void A_diff_that_ends_with_the_snapshot_is_dropped_and_the_next_one_joins()
    {
        Feed("Buffered", Diff(10, 25, "9*1", "11*1", 5));
        Feed("Loaded", Depth.Snapshot(25, "10*7", "11*7"));
        Feed("Applied", Diff(30, 31, "10*8", "", 25));
        State(31, "10*8 | 11*7", applied: 1, stale: 1, gaps: 0);
    }

    [Fact]
    public void A_snapshot_without_any_diff_is_the_book()
    {
        Feed("Loaded", Depth.Snapshot(8, "10*7", "11*7"));
        State(8, "10*7 | 11*7", applied: 0, stale: 0, gaps: 0);
        Feed("Stale", Diff(3, 8, "10*1", "11*1"));
        Feed("Applied", Diff(7, 9, "10*0", ""));
        State(9, "| 11*7", applied: 1, stale: 1, gaps: 0);
    }

    [Fact]
    public void A_snapshot_older_than_the_buffer_is_refused_until_one_joins()
    {
        Feed("Buffered", Diff(10, 12, "9*1", ""));
        Feed("TooOld", Depth.Snapshot(8, "10*7", "11*7"));
        Assert.Equal((false, 1, 1L), (_builder.IsSynchronised, _builder.Buffered, _builder.SnapshotsRefused));
        Feed("Loaded", Depth.Snapshot(9, "10*7", "11*7"));
        State(12, "10*7 9*1 | 11*7", applied: 1, stale: 0, gaps: 0);
    }

    [Fact]
    public void A_snapshot_older_than_the_book_is_refused_and_a_newer_one_replaces_it()
    {
        Feed("Loaded", Depth.Snapshot(8, "10*7", "11*7"));
        Feed("Applied", Diff(9, 12, "9*1", ""));
        Feed("Stale", Depth.Snapshot(11, "5*5", "6*6"));
        State(12, "10*7 9*1 | 11*7", applied: 1, stale: 0, gaps: 0);
        Feed("Loaded", Depth.Snapshot(20, "5*5", "6*6"));
        Feed("Stale", Diff(13, 20, "9*9", ""));
        Feed("Applied", Diff(21, 22, "4*4", ""));
        State(22, "5*5 4*4 | 6*6", applied: 2, stale: 1, gaps: 0);
    }

    [Fact]
    public void A_gap_empties_the_book_until_a_snapshot_joins_what_came_after_it()
    {
        Feed("Loaded", Depth.Snapshot(8, "10*7", "11*7"));
        Feed("Applied", Diff(9, 12, "9*1", ""));
        Feed("Gap", Diff(14, 15, "8*1", ""));
        Assert.Equal(
            (false, null, "|", 1L, 1),
            (_builder.IsSynchronised, _builder.LastUpdateId, Depth.Show(_builder.Book), _builder.Gaps, _builder.Buffered)
        );

        Feed("Buffered", Diff(16, 17, "7*1", ""));
        Feed("TooOld", Depth.Snapshot(12, "10*7", "11*7"));
        Feed("Loaded", Depth.Snapshot(15, "10*6", "11*6"));
        State(17, "10*6 7*1 | 11*6", applied: 2, stale: 1, gaps: 1);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    public void A_futures_diff_that_names_another_diff_as_the_one_before_is_a_gap(long previous)
    {
        Feed("Loaded", Depth.Snapshot(8, "10*7", "11*7"));
        Feed("Applied", Diff(9, 12, "9*1", "", 7));
        Feed("Gap", Diff(13, 15, "8*1", "", previous));
        Assert.False(_builder.IsSynchronised);
    }

    [Fact]
    public void The_first_diff_after_a_snapshot_must_reach_back_to_it()
    {
        Feed("Loaded", Depth.Snapshot(8, "10*7", "11*7"));
        Feed("Gap", Diff(10, 12, "9*1", ""));
        Feed("Loaded", Depth.Snapshot(9, "10*7", "11*7"));
        State(12, "10*7 9*1 | 11*7", applied: 1, stale: 0, gaps: 1);
    }

    [Fact]
    public void A_gap_within_the_buffer_throws_away_what_came_before_it()
    {
        Feed("Buffered", Diff(1, 5, "9*1", ""));
        Feed("Gap", Diff(8, 9, "9*2", ""));
        Feed("TooOld", Depth.Snapshot(4, "10*7", "11*7"));
        Feed("Loaded", Depth.Snapshot(7, "10*7", "11*7"));
        State(9, "10*7 9*2 | 11*7", applied: 1, stale: 0, gaps: 1);
    }

    [Fact]
    public void Duplicates_change_nothing_whether_buffered_or_applied()
    {
        Feed("Buffered", Diff(1, 5, "9*1", ""));
        Feed("Stale", Diff(1, 5, "9*1", ""));
        Feed("Loaded", Depth.Snapshot(4, "10*7", "11*7"));
        Feed("Stale", Diff(1, 5, "9*3", "11*0"));
        Feed("Applied", Diff(6, 7, "9*0", ""));
        Feed("Stale", Diff(1, 5, "9*1", ""));
        State(7, "10*7 | 11*7", applied: 2, stale: 3, gaps: 0);
    }

    [Fact]
    public void A_spot_diff_that_overlaps_the_book_is_applied()
    {
        Feed("Loaded", Depth.Snapshot(8, "10*7", "11*7"));
        Feed("Applied", Diff(9, 12, "9*1", ""));
        Feed("Applied", Diff(11, 14, "9*2", ""));
        State(14, "10*7 9*2 | 11*7", applied: 2, stale: 0, gaps: 0);
    }

    [Fact]
    public void A_full_buffer_begins_anew_and_counts_as_a_gap()
    {
        var builder = new BookBuilder(maxBufferedLevels: 3);
        Assert.Equal("Buffered", Diff(1, 2, "1*1 2*2", "3*3").Feed(builder));
        Assert.Equal("Gap", Diff(3, 4, "1*1 2*2", "3*3 4*4").Feed(builder));
        Assert.Equal((1, 1L), (builder.Buffered, builder.Gaps));
        Assert.Equal("Loaded", Depth.Snapshot(2, "", "").Feed(builder));
        Assert.Equal("2*2 1*1 | 3*3 4*4", Depth.Show(builder.Book));
    }

    [Fact]
    public void A_new_connection_begins_anew_even_with_lower_ids()
    {
        Feed("Loaded", Depth.Snapshot(800, "10*7", "11*7"));
        _builder.Reset();
        Feed("Buffered", Diff(1, 2, "9*1", ""));
        Feed("Loaded", Depth.Snapshot(1, "10*7", "11*7"));
        State(2, "10*7 9*1 | 11*7", applied: 1, stale: 0, gaps: 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Ids_that_begin_again_lower_empty_the_book_until_a_snapshot_of_theirs(bool isFutures)
    {
        Feed("Loaded", Depth.Snapshot(9_000, "10*7", "11*7"));
        Feed("Applied", Diff(9_001, 9_010, "9*1", "", isFutures ? 8_999 : null));
        Feed("Stale", Diff(1, 4, "5*1", "", isFutures ? 0 : null));
        Feed("Stale", Diff(5, 6, "5*2", "", isFutures ? 4 : null));
        Assert.True(_builder.IsSynchronised);
        Feed("Gap", Diff(7, 9, "5*3", "", isFutures ? 6 : null));
        Assert.Equal((false, null, "|", 1), (_builder.IsSynchronised, _builder.LastUpdateId, Depth.Show(_builder.Book), _builder.Buffered));

        Feed("Loaded", Depth.Snapshot(8, "5*2", "6*6"));
        State(9, "5*3 | 6*6", applied: 2, stale: 2, gaps: 1);
    }

    [Fact]
    public void Ids_that_begin_again_while_a_snapshot_is_awaited_throw_the_buffer_away()
    {
        Feed("Buffered", Diff(9_001, 9_010, "9*1", ""));
        Feed("Stale", Diff(1, 4, "5*1", ""));
        Feed("Stale", Diff(5, 6, "5*2", ""));
        Feed("Gap", Diff(7, 9, "5*3", ""));
        Feed("Loaded", Depth.Snapshot(6, "", "6*6"));
        State(9, "5*3 | 6*6", applied: 1, stale: 2, gaps: 1);
    }

    [Fact]
    public void Stale_diffs_that_do_not_follow_each_other_prove_nothing()
    {
        Feed("Loaded", Depth.Snapshot(8, "10*7", "11*7"));
        Feed("Applied", Diff(9, 12, "9*1", ""));
        for (var repeat = 0; repeat < 10; repeat++)
        {
            Feed("Stale", Diff(9, 12, "9*1", ""));
            Feed("Stale", Diff(3, 8, "9*1", ""));
        }

        Feed("Applied", Diff(13, 14, "9*2", ""));
        State(14, "10*7 9*2 | 11*7", applied: 2, stale: 20, gaps: 0);
    }

    [Fact]
    public void Diffs_that_a_snapshot_is_ahead_of_are_no_new_beginning()
    {
        Feed("Loaded", Depth.Snapshot(500, "10*7", "11*7"));
        for (var id = 1; id <= 500; id++)
        {
            Feed("Stale", Diff(id, id, "9*1", ""));
        }

        Feed("Applied", Diff(501, 501, "9*1", ""));
        State(501, "10*7 9*1 | 11*7", applied: 1, stale: 500, gaps: 0);
    }

    [Fact]
    public void A_snapshot_with_ids_of_before_they_began_again_is_given_up_in_the_end()
    {
        Feed("Loaded", Depth.Snapshot(50_000, "10*7", "11*7"));
        for (var id = 1; id < 1_000; id++)
        {
            Feed("Stale", Diff(id, id, "9*1", ""));
        }

        Feed("Gap", Diff(1_000, 1_000, "9*1", ""));
        Assert.False(_builder.IsSynchronised);
    }

    [Fact]
    public void A_diff_that_crosses_the_book_is_applied_and_shows()
    {
        Feed("Loaded", Depth.Snapshot(8, "10*7", "11*7"));
        Assert.Equal(BookCondition.Open, _builder.Book.Condition);
        Feed("Applied", Diff(9, 9, "11*1", ""));
        Assert.Equal(BookCondition.Locked, _builder.Book.Condition);
        Feed("Applied", Diff(10, 10, "12*1", ""));
        Assert.Equal((BookCondition.Crossed, "-1"), (_builder.Book.Condition, _builder.Book.Spread.ToString()));
        Feed("Applied", Diff(11, 11, "12*0 11*0", ""));
        Assert.Equal(BookCondition.Open, _builder.Book.Condition);
    }

    private static Depth Diff(long first, long last, string bids, string asks, long? previous = null) =>
        Depth.Diff(new UpdateIds(first, last, previous), bids, asks);

    private void Feed(string expected, Depth message) => Assert.Equal(expected, message.Feed(_builder));

    private void State(long last, string book, long applied, long stale, long gaps)
    {
        Assert.True(_builder.IsSynchronised);
        Assert.Equal(book, Depth.Show(_builder.Book));
        Assert.Equal(
            (last, applied, stale, gaps, 0),
            (_builder.LastUpdateId, _builder.Applied, _builder.Stale, _builder.Gaps, _builder.Buffered)
        );
    }
}
