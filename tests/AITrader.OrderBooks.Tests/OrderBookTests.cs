using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;
using AITrader.TestSupport;

namespace AITrader.OrderBooks.Tests;

public sealed class OrderBookTests
{
    private readonly OrderBook _book = new();

    [Fact]
    public void Adds_up_the_orders_of_a_price_and_serves_them_first_in_first_out()
    {
        Add(1, QuoteSide.Bid, 10, 5);
        Add(2, QuoteSide.Bid, 10, 7);
        Add(3, QuoteSide.Bid, 9, 1);
        Add(4, QuoteSide.Ask, 11, 2);
        Assert.Equal("10*12 9*1 | 11*2", Depth.Show(_book.Levels));
        Assert.Equal([(1L, 5L), (2, 7)], Queue(QuoteSide.Bid, 10));
        Assert.Equal((0, 0L), Position(1));
        Assert.Equal((1, 5L), Position(2));
        Assert.Equal((2, 4), (_book.CountAt(QuoteSide.Bid, At(10)), _book.Count));
        Assert.Equal(0, _book.CountAt(QuoteSide.Ask, At(10)));
        Assert.Equal(BookCondition.Open, _book.Condition);
    }

    [Theory]
    [InlineData(10, 4, "2:4 1:5 3:1", true)] // kept the place, with less
    [InlineData(10, 7, "2:7 1:5 3:1", true)] // the same again
    [InlineData(10, 8, "1:5 3:1 2:8", false)] // more: to the end
    [InlineData(9, 4, "1:5 3:1", false)] // another price
    public void A_modified_order_keeps_its_place_only_with_less_at_the_same_price(int price, int quantity, string queue, bool keeps)
    {
        Add(2, QuoteSide.Bid, 10, 7);
        Add(1, QuoteSide.Bid, 10, 5);
        Add(3, QuoteSide.Bid, 10, 1);
        Assert.Equal(OrderOutcome.Applied, Apply(OrderEventKind.Modify, 2, price, quantity));
        Assert.Equal(queue, string.Join(' ', Queue(QuoteSide.Bid, 10).Select(static order => $"{order.Id}:{order.Left}")));
        Assert.Equal(keeps || price == 9, Position(2).Orders == 0);
    }

    [Fact]
    public void Executions_and_cancels_take_from_the_order_and_the_last_of_it_removes_it()
    {
        Add(1, QuoteSide.Ask, 11, 5);
        Add(2, QuoteSide.Ask, 11, 5);
        Assert.Equal(OrderOutcome.Applied, Apply(OrderEventKind.Execute, 1, 0, 2));
        Assert.Equal(OrderOutcome.Applied, Apply(OrderEventKind.ExecuteWithPrice, 1, 12, 1));
        Assert.Equal(OrderOutcome.Applied, Apply(OrderEventKind.Cancel, 2, 0, 4));
        Assert.Equal("| 11*3", Depth.Show(_book.Levels));
        Assert.Equal([(1L, 2L), (2, 1)], Queue(QuoteSide.Ask, 11));

        Assert.Equal(OrderOutcome.NotDisplayed, Apply(OrderEventKind.HiddenExecute, 0, 11, 2));
        Assert.Equal(OrderOutcome.Applied, Apply(OrderEventKind.Execute, 1, 0, 2));
        Assert.Equal((0, 0L), Position(2));
        Assert.Equal(OrderOutcome.Applied, Apply(OrderEventKind.Cancel, 2, 0, 1));
        Assert.Equal("|", Depth.Show(_book.Levels));
        Assert.Equal(((0, 0), 0), (_book.Rented, _book.Count));
    }

    [Fact]
    public void A_replacement_takes_side_from_the_old_order_and_goes_to_the_end_of_the_queue()
    {
        Add(1, QuoteSide.Ask, 11, 5);
        Add(2, QuoteSide.Ask, 11, 6);
        Assert.Equal(OrderOutcome.Applied, Apply(OrderEventKind.Replace, 1, 11, 4, newId: 9));
        Assert.Equal([(2L, 6L), (9, 4)], Queue(QuoteSide.Ask, 11));
        Assert.False(_book.TryGet(1, out _));
        Assert.Equal(OrderOutcome.Applied, Apply(OrderEventKind.Replace, 2, 11, 6, newId: 2));
        Assert.Equal([(9L, 4L), (2, 6)], Queue(QuoteSide.Ask, 11));
    }

    [Theory]
    [InlineData(OrderEventKind.Add, 1, 10, 5, 0, OrderOutcome.DuplicateOrder)]
    [InlineData(OrderEventKind.Add, 7, 10, 0, 0, OrderOutcome.BadQuantity)]
    [InlineData(OrderEventKind.Add, 7, 10, -1, 0, OrderOutcome.BadQuantity)]
    [InlineData(OrderEventKind.Add, 7, 10, long.MaxValue - 4, 0, OrderOutcome.LevelTooLarge)]
    [InlineData(OrderEventKind.Modify, 7, 10, 5, 0, OrderOutcome.UnknownOrder)]
    [InlineData(OrderEventKind.Modify, 1, 10, 0, 0, OrderOutcome.BadQuantity)]
    [InlineData(OrderEventKind.Modify, 2, 10, long.MaxValue - 4, 0, OrderOutcome.LevelTooLarge)]
    [InlineData(OrderEventKind.Cancel, 7, 10, 5, 0, OrderOutcome.UnknownOrder)]
    [InlineData(OrderEventKind.Cancel, 1, 10, 6, 0, OrderOutcome.ExceedsOrder)]
    [InlineData(OrderEventKind.Execute, 1, 10, 6, 0, OrderOutcome.ExceedsOrder)]
    [InlineData(OrderEventKind.Execute, 1, 10, 0, 0, OrderOutcome.BadQuantity)]
    [InlineData(OrderEventKind.ExecuteWithPrice, 1, 10, 6, 0, OrderOutcome.ExceedsOrder)]
    [InlineData(OrderEventKind.Delete, 7, 10, 5, 0, OrderOutcome.UnknownOrder)]
    [InlineData(OrderEventKind.Replace, 7, 10, 5, 8, OrderOutcome.UnknownOrder)]
    [InlineData(OrderEventKind.Replace, 1, 10, 5, 2, OrderOutcome.DuplicateOrder)]
    [InlineData(OrderEventKind.Replace, 1, 10, 0, 8, OrderOutcome.BadQuantity)]
    [InlineData(OrderEventKind.Replace, 2, 10, long.MaxValue, 8, OrderOutcome.LevelTooLarge)]
    public void What_contradicts_the_book_is_refused_and_changes_nothing(
        OrderEventKind kind,
        long id,
        int price,
        long quantity,
        long newId,
        OrderOutcome expected
    )
    {
        Add(1, QuoteSide.Bid, 10, 5);
        Add(2, QuoteSide.Bid, 9, 7);
        var before = _book.Checksum();
        Assert.Equal(expected, Apply(kind, id, price, quantity, newId));
        Assert.Equal((before, 1L, 2), (_book.Checksum(), _book.Refused, _book.Count));
        Assert.Equal("10*5 9*7 |", Depth.Show(_book.Levels));
    }

    [Fact]
    public void An_order_makes_room_for_itself_in_a_full_price()
    {
        const long AllButFive = long.MaxValue - (5 * Quantity.Scale);
        Add(1, QuoteSide.Bid, 10, AllButFive);
        Add(2, QuoteSide.Bid, 10, 5);
        Assert.Equal(OrderOutcome.Applied, Apply(OrderEventKind.Replace, 2, 10, 5, newId: 3));
        Assert.Equal(OrderOutcome.LevelTooLarge, Apply(OrderEventKind.Modify, 3, 10, 6));
        Assert.Equal([(1L, AllButFive), (3, 5)], Queue(QuoteSide.Bid, 10));
    }

    [Fact]
    public void Refuses_a_kind_that_is_none() => Assert.Throws<ArgumentOutOfRangeException>(() => Apply((OrderEventKind)99, 1, 1, 1));

    [Fact]
    public void Says_when_the_venue_sends_a_locked_or_crossed_book()
    {
        Add(1, QuoteSide.Bid, 10, 5);
        Add(2, QuoteSide.Ask, 10, 5);
        Assert.Equal(BookCondition.Locked, _book.Condition);
        Add(3, QuoteSide.Bid, 11, 5);
        Assert.Equal(BookCondition.Crossed, _book.Condition);
        Apply(OrderEventKind.Delete, 3, 0, 0);
        Apply(OrderEventKind.Delete, 1, 0, 0);
        Assert.Equal(BookCondition.OneSided, _book.Condition);
    }

    [Theory]
    [InlineData(1, 12, 8)]
    [InlineData(2, 60, 300)]
    [InlineData(3, 400, 40)]
    [InlineData(4, 3_000, 2_000)]
    public void Equals_a_naive_book_after_any_events(int seed, int ids, int prices)
    {
        var random = new Random(seed);
        var naive = new NaiveOrders();
        var outcomes = new HashSet<OrderOutcome>();
        for (var i = 0; i < 30_000; i++)
        {
            var change = Next(random, ids, prices);
            var outcome = _book.Apply(change);
            Assert.Equal(naive.Apply(change), outcome);
            outcomes.Add(outcome);
            Assert.Equal(naive.Orders.Count, _book.Count);
            if (i % 250 == 0)
            {
                AssertEqual(naive);
            }
        }

        Assert.Superset(
            new HashSet<OrderOutcome>(Enum.GetValues<OrderOutcome>().Where(static outcome => outcome != OrderOutcome.LevelTooLarge)),
            outcomes
        );
        foreach (var order in naive.Orders)
        {
            Apply(OrderEventKind.Delete, order.Id, 0, 0);
        }

        Assert.Equal(((0, 0), "|"), (_book.Rented, Depth.Show(_book.Levels)));
    }

    [Fact]
    public void Equal_books_have_equal_checksums_however_they_were_reached_and_order_counts()
    {
        var random = new Random(5);
        var naive = new NaiveOrders();
        for (var i = 0; i < 5_000; i++)
        {
            var change = Next(random, 300, 50);
            Assert.Equal(naive.Apply(change), _book.Apply(change));
        }

        var (again, turned) = (new OrderBook(16), new OrderBook(16));
        foreach (var order in naive.Orders)
        {
            again.Apply(Event(OrderEventKind.Add, order.Id, order.Price.Nanos, order.Quantity.Raw, order.Side));
        }

        foreach (var order in naive.Orders.Reverse())
        {
            turned.Apply(Event(OrderEventKind.Add, order.Id, order.Price.Nanos, order.Quantity.Raw, order.Side));
        }

        Assert.Equal(_book.Checksum(), again.Checksum());
        Assert.Equal(_book.Levels.Checksum(), turned.Levels.Checksum());
        Assert.NotEqual(_book.Checksum(), turned.Checksum());
    }

    [Fact]
    public void Allocates_nothing_once_warm()
    {
        var random = new Random(8);
        OrderEvent[] events = [.. Enumerable.Range(0, 20_000).Select(_ => Next(random, 2_000, 3_000))];
        var queue = new RestingOrder[16];
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                _book.Clear();
                foreach (ref readonly var change in events.AsSpan())
                {
                    _book.Apply(change);
                }

                _book.TryGetPosition(7, out _);
                _book.TryGet(7, out _);
                _ = _book.CopyQueue(QuoteSide.Bid, At(7), queue) + (int)_book.Checksum();
            })
        );
        Assert.InRange(_book.Count, 100, 2_000);
    }

    private void AssertEqual(NaiveOrders naive)
    {
        foreach (var side in Enum.GetValues<QuoteSide>())
        {
            var expected = naive.Levels(side);
            var levels = new BookLevel[expected.Count + 1];
            Assert.Equal(expected.Count, (side == QuoteSide.Bid ? _book.Levels.Bids : _book.Levels.Asks).CopyTo(levels));
            Assert.Equal(expected, levels[..^1]);
            foreach (var level in expected.Take(20))
            {
                var queue = new RestingOrder[100];
                Assert.Equal(naive.Queue(side, level.Price), queue[.._book.CopyQueue(side, level.Price, queue)]);
            }
        }

        foreach (var order in naive.Orders.Take(20))
        {
            var ahead = naive.Queue(order.Side, order.Price).TakeWhile(other => other.Id != order.Id).ToList();
            Assert.Equal((ahead.Count, ahead.Sum(static other => other.Quantity.Raw)), Position(order.Id));
            Assert.True(_book.TryGet(order.Id, out var found));
            Assert.Equal(order, found);
        }

        Assert.Equal((naive.Orders.Count, naive.Orders.Select(static order => (order.Side, order.Price)).Distinct().Count()), _book.Rented);
    }

    private static OrderEvent Next(Random random, int ids, int prices)
    {
        // Adds twice as often as the rest, or the book would never fill; some quantities and ids are wrong.
        var kind = random.Next(2) == 0 ? OrderEventKind.Add : (OrderEventKind)random.Next(8);
        return Event(
            kind,
            random.Next(ids),
            random.Next(1, prices + 1),
            random.Next(20) == 0 ? 0 : random.Next(1, 12),
            (QuoteSide)random.Next(2),
            random.Next(ids)
        );
    }

    private static OrderEvent Event(OrderEventKind kind, long id, long price, long quantity, QuoteSide side, long newId = 0) =>
        new()
        {
            Kind = kind,
            OrderId = id,
            NewOrderId = newId,
            Price = Price.FromNanos(price),
            Quantity = Quantity.FromRaw(quantity),
            Side = side,
        };

    private static Price At(int units) => Price.FromNanos(units * Price.Scale);

    private void Add(long id, QuoteSide side, int price, long quantity) =>
        Assert.Equal(OrderOutcome.Applied, _book.Apply(Event(OrderEventKind.Add, id, price * Price.Scale, Raw(quantity), side)));

    private OrderOutcome Apply(OrderEventKind kind, long id, int price, long quantity, long newId = 0) =>
        _book.Apply(Event(kind, id, price * Price.Scale, Raw(quantity), QuoteSide.Bid, newId));

    // Whole units read better; what is as large as it gets is raw.
    private static long Raw(long quantity) => Math.Abs(quantity) < 1_000 ? quantity * Quantity.Scale : quantity;

    private (int Orders, long Quantity) Position(long id)
    {
        Assert.True(_book.TryGetPosition(id, out var position));
        return (
            position.Orders,
            position.Quantity.Raw % Quantity.Scale == 0 ? position.Quantity.Raw / Quantity.Scale : position.Quantity.Raw
        );
    }

    private List<(long Id, long Left)> Queue(QuoteSide side, int price)
    {
        var orders = new RestingOrder[100];
        return
        [
            .. orders[.._book.CopyQueue(side, At(price), orders)]
                .Select(static order =>
                    (order.Id, order.Quantity.Raw % Quantity.Scale == 0 ? order.Quantity.Raw / Quantity.Scale : order.Quantity.Raw)
                ),
        ];
    }
}
