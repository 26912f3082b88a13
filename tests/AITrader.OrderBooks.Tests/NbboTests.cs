using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;
using AITrader.TestSupport;

namespace AITrader.OrderBooks.Tests;

public sealed class NbboTests
{
    private const long Limit = 1_000;

    private readonly Nbbo _nbbo = new(3, Limit);

    [Fact]
    public void Knows_nothing_before_the_first_quote() =>
        Assert.Equal(
            (null, null, BookCondition.OneSided, null, 0),
            (_nbbo.Bid, _nbbo.Ask, _nbbo.Condition, _nbbo.ConditionSinceMicros, _nbbo.LiveVenues)
        );

    [Fact]
    public void Takes_the_best_of_each_side_with_its_venue_and_adds_up_who_is_at_the_price()
    {
        Quote(0, "10*5", "12*5", 100);
        Quote(1, "11*2", "13*5", 110);
        Quote(2, "11*3", "12*4", 120);
        Assert.Equal(new NbboSide(At("11"), Size("3"), 2, Size("5"), 2), _nbbo.Bid);
        Assert.Equal(new NbboSide(At("12"), Size("5"), 0, Size("9"), 2), _nbbo.Ask);
        Assert.Equal((BookCondition.Open, 100L, 3), (_nbbo.Condition, _nbbo.ConditionSinceMicros, _nbbo.LiveVenues));
    }

    [Fact]
    public void Of_equal_quotes_the_earlier_is_first_until_it_changes()
    {
        Quote(1, "10*5", "12*5", 100);
        Quote(0, "10*5", "12*5", 110);
        Assert.Equal((1, 1), (_nbbo.Bid!.Value.Venue, _nbbo.Ask!.Value.Venue));
        Quote(1, "10*5", "12*5", 120); // said again: keeps its time
        Assert.Equal(1, _nbbo.Bid!.Value.Venue);
        Quote(1, "9*5", "12*5", 130);
        Quote(1, "10*5", "12*5", 140); // came back: behind
        Assert.Equal(0, _nbbo.Bid!.Value.Venue);
    }

    [Fact]
    public void Says_since_when_two_venues_lock_or_cross_each_other()
    {
        Quote(0, "10*5", "12*5", 100);
        Quote(1, "11*5", "13*5", 200);
        Assert.Equal((BookCondition.Open, 100L), (_nbbo.Condition, _nbbo.ConditionSinceMicros));
        Quote(1, "12*5", "13*5", 300);
        Assert.Equal((BookCondition.Locked, 300L), (_nbbo.Condition, _nbbo.ConditionSinceMicros));
        Quote(1, "12*6", "13*5", 350);
        Assert.Equal((BookCondition.Locked, 300L), (_nbbo.Condition, _nbbo.ConditionSinceMicros));
        Quote(1, "12.5*6", "13*5", 400);
        Assert.Equal((BookCondition.Crossed, 400L), (_nbbo.Condition, _nbbo.ConditionSinceMicros));
        _nbbo.Exclude(1, 450);
        Assert.Equal((BookCondition.Open, 450L, 1), (_nbbo.Condition, _nbbo.ConditionSinceMicros, _nbbo.LiveVenues));
    }

    [Fact]
    public void A_stale_venue_leaves_at_its_moment_and_comes_back_with_its_next_quote()
    {
        Quote(0, "10*5", "12*5", 100);
        Quote(1, "13*5", "14*5", 500);
        Assert.Equal(BookCondition.Crossed, _nbbo.Condition);
        _nbbo.Advance(1_099);
        Assert.True(_nbbo.IsLive(0));
        _nbbo.Advance(1_200);
        Assert.Equal((BookCondition.Open, 1_100L, At("14")), (_nbbo.Condition, _nbbo.ConditionSinceMicros, _nbbo.Ask!.Value.Price));
        Assert.Equal((false, true), (_nbbo.IsLive(0), _nbbo.IsLive(1)));
        _nbbo.Advance(5_000);
        Assert.Equal((BookCondition.OneSided, 1_500L, 0), (_nbbo.Condition, _nbbo.ConditionSinceMicros, _nbbo.LiveVenues));
        Quote(0, "10*5", "12*5", 6_000);
        Assert.Equal((BookCondition.Open, 6_000L, 1), (_nbbo.Condition, _nbbo.ConditionSinceMicros, _nbbo.LiveVenues));
    }

    [Fact]
    public void A_side_of_no_quantity_is_empty_and_time_never_goes_back()
    {
        Quote(0, "10*5", "12*0", 100);
        Assert.Equal((BookCondition.OneSided, null), (_nbbo.Condition, _nbbo.Ask));
        Quote(1, "9*1", "12*1", 50);
        Assert.Equal((BookCondition.Open, 100L), (_nbbo.Condition, _nbbo.ConditionSinceMicros));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Equals_sorting_all_live_quotes(int seed)
    {
        var random = new Random(seed);
        var quotes = new Dictionary<int, (BookLevel Bid, BookLevel Ask, long At, long Since)>();
        var (now, condition, since) = (0L, default(BookCondition?), 0L);
        for (var i = 0; i < 20_000; i++)
        {
            var (venue, next) = (random.Next(3), now + random.Next(0, 600));
            var (bid, ask) = (Level(random), Level(random));

            // In the naive way every microsecond at which a venue may become stale is looked at.
            foreach (
                var moment in quotes
                    .Values.Select(static quote => quote.At + Limit)
                    .Where(at => at > now && at <= next)
                    .Append(next)
                    .Order()
                    .Distinct()
            )
            {
                foreach (var stale in quotes.Where(quote => quote.Value.At + Limit <= moment).Select(static quote => quote.Key).ToList())
                {
                    quotes.Remove(stale);
                }

                if (moment == next)
                {
                    var isSame = quotes.TryGetValue(venue, out var before) && (before.Bid, before.Ask) == (bid, ask);
                    quotes[venue] = (bid, ask, next, isSame ? before.Since : next);
                }

                var seen = Condition(quotes.Values);
                (condition, since) = seen == condition ? (condition, since) : (seen, moment);
            }

            now = next;
            _nbbo.Update(venue, bid, ask, next);
            var buyers = quotes
                .Where(static quote => quote.Value.Bid.Size.Raw > 0)
                .OrderByDescending(static quote => quote.Value.Bid.Price)
                .ThenByDescending(static quote => quote.Value.Bid.Size.Raw)
                .ThenBy(static quote => quote.Value.Since)
                .ThenBy(static quote => quote.Key)
                .ToList();
            Assert.Equal(
                buyers.Count > 0 ? (buyers[0].Key, buyers[0].Value.Bid) : default((int, BookLevel)?),
                _nbbo.Bid is { } best ? (best.Venue, new BookLevel(best.Price, best.Size)) : null
            );
            Assert.Equal(buyers.Count(quote => quote.Value.Bid.Price == buyers[0].Value.Bid.Price), _nbbo.Bid?.VenuesAtPrice ?? 0);
            Assert.Equal((condition!.Value, (long?)since, quotes.Count), (_nbbo.Condition, _nbbo.ConditionSinceMicros, _nbbo.LiveVenues));
        }

        static BookLevel Level(Random random) => new(Price.FromNanos(random.Next(1, 6)), Quantity.FromRaw(random.Next(0, 4)));
    }

    [Fact]
    public void Allocates_nothing() =>
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                for (var i = 0; i < 1_000; i++)
                {
                    _nbbo.Update(
                        i % 3,
                        new BookLevel(Price.FromNanos(i), Quantity.FromRaw(1)),
                        new BookLevel(Price.FromNanos(i + 2), Quantity.FromRaw(1)),
                        i * 400L
                    );
                }
            })
        );

    private static BookCondition Condition(IEnumerable<(BookLevel Bid, BookLevel Ask, long At, long Since)> quotes)
    {
        var bids = quotes.Where(static quote => quote.Bid.Size.Raw > 0).Select(static quote => quote.Bid.Price.Nanos).ToList();
        var asks = quotes.Where(static quote => quote.Ask.Size.Raw > 0).Select(static quote => quote.Ask.Price.Nanos).ToList();
        return bids.Count == 0 || asks.Count == 0 ? BookCondition.OneSided
            : bids.Max() < asks.Min() ? BookCondition.Open
            : bids.Max() == asks.Min() ? BookCondition.Locked
            : BookCondition.Crossed;
    }

    private static Price At(string price) => Depth.Level(price, "1").Price;

    private static Quantity Size(string size) => Depth.Level("1", size).Size;

    private void Quote(int venue, string bid, string ask, long micros) =>
        _nbbo.Update(venue, Depth.Levels(bid)[0], Depth.Levels(ask)[0], micros);
}
