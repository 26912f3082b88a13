using System.Runtime.InteropServices;
using System.Text.Json;
using AITrader.Domain.Quotes;
using AITrader.Formats.Binance;
using AITrader.TestSupport;

namespace AITrader.OrderBooks.Tests;

/// <summary>The shared captures, whose bookTicker stream is the venue's own word on the best bid and ask.</summary>
/// <remarks>
/// A bookTicker is sent with every change of the best bid, the best ask or their quantities and carries the update id of that change. So
/// the last one at or
/// below a diff's u (and above the snapshot's lastUpdateId) is the best bid and ask at u: that is compared after every applied diff. Where
/// a bookTicker has
/// exactly the diff's u, the comparison needs no such argument, and those are counted apart.
/// </remarks>
public sealed class CaptureBookTests
{
    private const string Usdm = "usdm_btcusdt_20240808";
    private const string Spot = "spot_btcusdt_20240808";
    private const string Coinm = "cm_ethusd_perp_20240808";

    [Fact]
    public void Usdm_book_has_the_expected_best_bid_and_ask_at_every_listed_update_id()
    {
        var expected = File.ReadLines(SharedData.Require($"binance-l2/expected/{Usdm}_bbo.csv"))
            .Skip(1)
            .Select(static row => row.Split(','))
            .ToDictionary(
                static row => long.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture),
                static row => (Depth.Level(row[1], row[2]), Depth.Level(row[3], row[4]))
            );
        var builder = new BookBuilder();
        var found = 0;
        foreach (var message in Depth.Capture(Usdm))
        {
            message.Feed(builder);
            if (message.Kind == DepthKind.Diff && builder.IsSynchronised && expected.TryGetValue(message.Ids.Last, out var best))
            {
                Assert.Equal(best, Best(builder.Book));
                found++;
            }
        }

        Assert.Equal((629, 629), (expected.Count, found));
    }

    [Fact]
    public void Usdm_book_ends_in_the_expected_levels()
    {
        var builder = new BookBuilder();
        Depth.Capture(Usdm).ForEach(message => message.Feed(builder));

        using var expected = JsonDocument.Parse(File.ReadAllText(SharedData.Require($"binance-l2/expected/{Usdm}_final.json")));
        var root = expected.RootElement;
        Assert.Equal(root.GetProperty("last_depth_u").GetInt64(), builder.LastUpdateId);
        Assert.Equal(root.GetProperty("levels_bid").GetInt32(), builder.Book.Bids.Count);
        Assert.Equal(root.GetProperty("levels_ask").GetInt32(), builder.Book.Asks.Count);
        Assert.Equal(Levels("final_bids"), Top(builder.Book.Bids, 20));
        Assert.Equal(Levels("final_asks"), Top(builder.Book.Asks, 20));

        List<BookLevel> Levels(string name) =>
            [.. root.GetProperty(name).EnumerateArray().Select(static level => Depth.Level(level[0].GetString()!, level[1].GetString()!))];
    }

    [Theory]
    [InlineData(Usdm, 6547, 4, 6546, 629)]
    [InlineData(Spot, 3449, 2, 3449, 564)]
    [InlineData(Coinm, 22887, 22, 22859, 1345)]
    public void Book_agrees_with_the_venues_best_bid_and_ask(string capture, int applied, int stale, int compared, int exact)
    {
        var builder = new BookBuilder();
        var comparison = new Comparison(capture);
        foreach (var message in Depth.Capture(capture))
        {
            message.Feed(builder);
            if (builder.LastUpdateId is { } id)
            {
                comparison.Compare(builder.Book, id, message);
            }

            Assert.True(!builder.IsSynchronised || builder.Book.Condition == BookCondition.Open);
        }

        Assert.Equal(
            (applied, stale, 0, 1, 0),
            (builder.Applied, builder.Stale, builder.Gaps, builder.SnapshotsLoaded, builder.SnapshotsRefused)
        );
        Assert.Equal((compared, exact, 0), (comparison.Compared, comparison.Exact, comparison.Wrong));
    }

    [Fact]
    public void Spot_capture_tells_a_builder_that_drops_the_buffered_diffs()
    {
        // The diff that spans the snapshot (U 50093239208, u 50093239224, lastUpdateId 50093239218) came before it: without it levels are
        // wrong to the end.
        var (book, comparison) = (new LevelBook(), new Comparison(Spot));
        var loaded = false;
        foreach (var message in Depth.Capture(Spot))
        {
            if (message.Kind == DepthKind.Snapshot)
            {
                book.Load(message.Bids, message.Asks);
                loaded = true;
            }
            else if (loaded)
            {
                book.Apply(message.Bids, message.Asks);
                comparison.Compare(book, message.Ids.Last, message);
            }
        }

        Assert.Equal((3448, 2573), (comparison.Compared, comparison.Wrong));

        // And the rule finds it out: a builder that was never given that diff sees a gap with the next one.
        var builder = new BookBuilder();
        var outcomes = Depth
            .Capture(Spot)
            .SkipWhile(static message => message.Kind == DepthKind.Diff)
            .Take(3)
            .Select(message => message.Feed(builder));
        Assert.Equal(["Loaded", "Gap", "Buffered"], outcomes);
    }

    [Fact]
    public void Spot_capture_tells_a_builder_that_applies_diffs_older_than_the_snapshot()
    {
        // The first two diffs are older than the snapshot. Applied on it, they bring back an ask at 61838.04 that was gone at lastUpdateId;
        // the diff that
        // spans the snapshot happens to remove it again, so the difference shows at lastUpdateId, where the book must be the snapshot
        // itself.
        var messages = Depth.Capture(Spot);
        var snapshot = messages.Single(static message => message.Kind == DepthKind.Snapshot);
        var old = messages.Where(message => message.Kind == DepthKind.Diff && message.Ids.Last <= snapshot.Ids.Last).ToList();

        var builder = new BookBuilder();
        old.ForEach(message => Assert.Equal("Buffered", message.Feed(builder)));
        Assert.Equal("Loaded", snapshot.Feed(builder));
        Assert.Equal(snapshot.Bids, Top(builder.Book.Bids, int.MaxValue));
        Assert.Equal(snapshot.Asks, Top(builder.Book.Asks, int.MaxValue));

        var wrong = new LevelBook();
        wrong.Load(snapshot.Bids, snapshot.Asks);
        old.ForEach(message => wrong.Apply(message.Bids, message.Asks));
        Assert.Equal([Depth.Level("61838.04", "0.32332")], Top(wrong.Asks, int.MaxValue).Except(snapshot.Asks));
        Assert.NotEqual(builder.Book.Checksum(), wrong.Checksum());
    }

    [Fact]
    public void Spot_capture_tells_a_builder_that_applies_a_diff_again()
    {
        // Each diff comes once more behind the next one, as after a second subscription.
        var (builder, right) = (new BookBuilder(), new Comparison(Spot));
        var (wrong, mistakes) = (new LevelBook(), new Comparison(Spot));
        var previous = default(Depth);
        foreach (var message in Depth.Capture(Spot))
        {
            message.Feed(builder);
            if (message.Kind == DepthKind.Snapshot)
            {
                wrong.Load(
                    CollectionsMarshal.AsSpan(Top(builder.Book.Bids, int.MaxValue)),
                    CollectionsMarshal.AsSpan(Top(builder.Book.Asks, int.MaxValue))
                );
                continue;
            }

            if (builder.LastUpdateId is { } id)
            {
                Assert.Equal("Stale", previous!.Feed(builder));
                wrong.Apply(message.Bids, message.Asks);
                wrong.Apply(previous.Bids, previous.Asks);
                right.Compare(builder.Book, id, message);
                mistakes.Compare(wrong, id, message);
            }

            previous = message;
        }

        Assert.Equal((3448, 0), (right.Compared, right.Wrong));
        Assert.Equal((3448, 2231), (mistakes.Compared, mistakes.Wrong));
    }

    private static (BookLevel Bid, BookLevel Ask) Best(LevelBook book) => (book.BestBid!.Value, book.BestAsk!.Value);

    private static List<BookLevel> Top(BookSide side, int depth)
    {
        var levels = new BookLevel[Math.Min(depth, side.Count)];
        Assert.Equal(levels.Length, side.CopyTo(levels));
        return [.. levels];
    }

    /// <summary>Counts where a book has the venue's best bid and ask, and where not.</summary>
    private sealed class Comparison(string capture)
    {
        private readonly SortedList<long, (BookLevel Bid, BookLevel Ask)> _venue = Depth.BookTickers(capture);
        private long _snapshot = -1;
        private int _next;

        internal int Compared { get; private set; }

        internal int Exact { get; private set; }

        internal int Wrong { get; private set; }

        internal void Compare(LevelBook book, long id, Depth message)
        {
            _snapshot = message.Kind == DepthKind.Snapshot ? message.Ids.Last : _snapshot;
            while (_next < _venue.Count && _venue.GetKeyAtIndex(_next) <= id)
            {
                _next++;
            }

            if (_next == 0 || _venue.GetKeyAtIndex(_next - 1) <= _snapshot)
            {
                return;
            }

            Compared++;
            Exact += _venue.GetKeyAtIndex(_next - 1) == id ? 1 : 0;
            Wrong += _venue.GetValueAtIndex(_next - 1) == Best(book) ? 0 : 1;
        }
    }
}
