using AITrader.Domain.Orders;
using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;
using AITrader.Domain.Ticks;
using AITrader.Trading.Engine;
using AITrader.Trading.Fills;
using AITrader.Trading.Market;

namespace AITrader.Trading.Tests.Fills;

/// <summary>Book, queue, latency, rejects and partial fills, worked out by hand.</summary>
public sealed class FillModelTests
{
    private static readonly FillModel Walks = new() { WalksBook = true };
    private static readonly FillModel Queues = new() { KeepsQueue = true };

    [Fact]
    public void A_market_order_walks_the_levels_with_an_execution_each()
    {
        var desk = Quoted(Walks);
        desk.Submit(Make.Market(1, Side.Buy, 5m), false);
        var fills = Fills(desk, Make.Quote(2, 1, 99m, 100m, 2m), Asks(1, (100m, 2m), (101m, 1m), (102m, 9m)));
        Assert.Equal([(2m, 100m), (1m, 101m), (2m, 102m)], fills.Select(static fill => (fill.Quantity, fill.Price)));
        Assert.Equal(3, fills.Select(static fill => fill.ExecId).Distinct().Count());
        Assert.All(fills, static fill => Assert.True(fill.IsTaker));
    }

    [Fact]
    public void What_was_taken_of_a_level_is_back_only_when_its_size_changes()
    {
        var desk = Quoted(Walks);
        desk.Submit(Make.Market(1, Side.Buy, 5m), false);
        Fills(desk, Make.Quote(2, 1, 99m, 100m, 2m), Asks(1, (100m, 2m), (101m, 1m), (102m, 9m)));
        desk.Submit(Make.Market(2, Side.Buy, 20m, 1), false);
        Assert.Equal([(7m, 102m)], Pairs(Fills(desk, Make.Quote(3, 2, 99m, 100m, 2m), Asks(2, (100m, 2m), (101m, 1m), (102m, 9m)))));
        Assert.Equal([(3m, 101m)], Pairs(Fills(desk, Make.Quote(4, 3, 99m, 100m, 2m), Asks(3, (100m, 2m), (101m, 3m), (102m, 9m)))));
    }

    [Fact]
    public void A_reduce_only_order_never_walks_past_the_position()
    {
        var desk = Quoted(Walks);
        desk.Submit(Make.Market(1, Side.Sell, 3m), false);
        desk.OnTick(Make.Quote(2, 1, 99m, 100m));
        desk.Submit(Make.Market(2, Side.Buy, 9m, 1) with { Conditions = new() { ReduceOnly = true } }, false);
        var book = Asks(2, (100m, 1m), (101m, 1m), (102m, 9m));
        Assert.Equal([(1m, 100m), (1m, 101m), (1m, 102m)], Pairs(Fills(desk, Make.Quote(3, 2, 99m, 100m, 1m), book)));
        Assert.Equal(0m, desk.Ledger.PositionOf(Make.Symbol).Quantity);
    }

    [Fact]
    public void A_limit_order_walks_to_its_limit_and_rests_there()
    {
        var desk = Quoted(Walks);
        desk.Submit(Make.Limit(1, Side.Buy, 5m, 101m), false);
        Assert.Equal(
            [(2m, 100m), (1m, 101m)],
            Pairs(Fills(desk, Make.Quote(2, 1, 99m, 100m, 2m), Asks(1, (100m, 2m), (101m, 1m), (102m, 9m))))
        );
        Assert.Equal(2m, Assert.Single(desk.Working).Remaining);
    }

    [Theory]
    [InlineData("5", 3)]
    [InlineData("13", 0)]
    public void Fill_or_kill_counts_all_levels(string quantity, int fills)
    {
        var desk = Quoted(Walks);
        desk.Submit(Make.Market(1, Side.Buy, decimal.Parse(quantity), force: TimeInForce.Fok), false);
        Assert.Equal(fills, Fills(desk, Make.Quote(2, 1, 99m, 100m, 2m), Asks(1, (100m, 2m), (101m, 1m), (102m, 9m))).Count);
        Assert.Empty(desk.Working);
    }

    [Theory]
    [InlineData(0.0, 3)]
    [InlineData(-0.001, 1)]
    [InlineData(1.5, 1)]
    public void A_book_that_is_stale_or_ahead_of_the_tick_is_not_walked(double at, int fills)
    {
        var desk = Quoted(Walks);
        desk.Submit(Make.Market(1, Side.Buy, 5m), false);
        Assert.Equal(fills, Fills(desk, Make.Quote(2, 1, 99m, 100m, 2m), Asks(at, (100m, 2m), (101m, 1m), (102m, 9m))).Count);
    }

    [Fact]
    public void A_resting_order_waits_for_those_ahead_of_it()
    {
        var desk = Resting();
        Assert.Empty(Fills(desk, Make.Trade(3, 2, 99m, 4m)));
        Assert.Empty(Fills(desk, Make.Trade(4, 3, 99m, 6m)));
        Assert.Equal([(1.5m, 99m)], Pairs(Fills(desk, Make.Trade(5, 4, 99m, 1.5m))));
        Assert.Equal([(0.5m, 99m)], Pairs(Fills(desk, Make.Trade(6, 5, 99m, 9m))));
    }

    [Fact]
    public void A_trade_through_the_price_reaches_everyone_and_one_beyond_the_queue_the_excess()
    {
        Assert.Equal([(2m, 99m)], Pairs(Fills(Resting(), Make.Trade(3, 2, 98.9m, 5m))));
        Assert.Equal([(1m, 99m)], Pairs(Fills(Resting(), Make.Trade(3, 2, 99m, 11m))));
    }

    [Fact]
    public void Alone_at_a_better_price_than_is_shown_it_is_first()
    {
        var desk = Resting();
        desk.OnTick(Make.Quote(3, 2, 98m, 100m, 50m));
        Assert.Equal([(2m, 99m)], Pairs(Fills(desk, Make.Trade(4, 3, 99m, 2m))));
    }

    [Fact]
    public void Behind_the_touch_the_place_is_that_of_the_book_or_unknown_until_it_is_shown()
    {
        var desk = Quoted(Queues);
        desk.Submit(Make.Limit(1, Side.Buy, 2m, 98m), false);
        desk.OnTick(Make.Quote(2, 1, 99m, 100m, 5m));
        Assert.Empty(Fills(desk, Make.Trade(3, 2, 98m, 50m)));
        desk.OnTick(Make.Quote(4, 3, 98m, 100m, 7m));
        Assert.Equal([(1m, 98m)], Pairs(Fills(desk, Make.Trade(5, 4, 98m, 8m))));

        var withBook = Quoted(Queues);
        withBook.Submit(Make.Limit(1, Side.Buy, 2m, 98m), false);
        var book = new BookLevels(Make.At(1), [Level(99m, 5m), Level(98m, 3m)], [Level(100m, 5m)]);
        withBook.OnTick(Make.Quote(2, 1, 99m, 100m, 5m), book);
        Assert.Equal([(1m, 98m)], Pairs(Fills(withBook, Make.Trade(3, 2, 98m, 4m))));
    }

    [Fact]
    public void Of_what_is_cancelled_as_much_stood_ahead_as_the_part_of_the_level_that_does()
    {
        // 10 ahead of 20; 10 are cancelled: half of the time they were ahead, and then a trade of 1 reaches the order.
        var reached = Enumerable
            .Range(1, 400)
            .Count(static id =>
            {
                var desk = Quoted(Queues);
                desk.Submit(Make.Limit(id, Side.Buy, 2m, 99m), false);
                desk.OnTick(Make.Quote(2, 1, 99m, 100m, 10m));
                desk.OnTick(Make.Quote(3, 2, 99m, 100m, 20m));
                desk.OnTick(Make.Quote(4, 3, 99m, 100m, 10m));
                return Fills(desk, Make.Trade(5, 4, 99m, 1m)).Count > 0;
            });
        Assert.InRange(reached, 160, 240);
    }

    [Fact]
    public void Latency_is_that_of_feed_and_entry_and_what_happened_is_known_after_the_response()
    {
        var desk = Quoted(new FillModel { Latency = new(Of(10), Of(20), Of(5)) });
        desk.Submit(Make.Market(1, Side.Buy, 1m), false);
        Assert.Empty(desk.OnTick(Make.Quote(2, 0.029999, 99m, 100m)));
        var filled = desk.OnTick(Make.Quote(3, 0.03125, 99m, 100m))[1];
        Assert.Equal((Make.At(0.03125), Make.At(0.03125).AddMilliseconds(5)), (filled.Timestamp, filled.KnownAt));
        Assert.Null(Quoted(FillModel.Touch).Submit(Make.Market(1, Side.Buy, 1m), false).KnownAt);
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.25, 250)]
    [InlineData(1.0, 1000)]
    public void Rejects_as_many_orders_as_it_is_told(double rate, int expected)
    {
        var desk = Quoted(new FillModel { RejectRate = rate, Seed = 7 });
        for (var id = 1; id <= 1000; id++)
        {
            desk.Submit(Make.Limit(id, Side.Buy, 0.001m, 90m), false);
        }

        var rejected = desk.OnTick(Make.Quote(2, 1, 99m, 100m))
            .Count(static outcome => outcome is { Status: OrderStatus.Rejected, Reason: "SIMULATED_REJECT" });
        Assert.InRange(rejected, expected * 0.85, expected * 1.15);
    }

    [Fact]
    public void A_partial_fill_is_a_part_in_whole_lots_and_the_rest_goes_on()
    {
        var desk = Quoted(new FillModel { PartialRate = 1d });
        desk.Submit(Make.Market(1, Side.Buy, 5m), false);
        var first = Assert.Single(Fills(desk, Make.Quote(2, 1, 99m, 100m)));
        Assert.InRange(first.Quantity, 0.001m, 4.999m);
        Assert.Equal(0m, first.Quantity % 0.001m);
        Assert.Equal(5m - first.Quantity, Assert.Single(desk.Working).Remaining);
        Assert.Single(Fills(desk, Make.Quote(3, 2, 99m, 100.1m)));
    }

    [Fact]
    public void A_share_lies_between_none_and_all()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new FillModel { RejectRate = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new FillModel { PartialRate = double.NaN });
    }

    [Fact]
    public void Where_there_are_quotes_only_they_set_stops_off()
    {
        var settings = Make.Settings() with { Instruments = static symbol => Make.Terms with { Symbol = symbol, IsQuotedOnly = true } };
        var desk = new TradingDesk(settings, new(1_000_000m)) { IsReconciled = true };
        desk.OnTick(Make.Quote(1, 0, 99m, 100m));
        desk.Submit(Make.Conditional(1, OrderType.Stop, Side.Buy, 1m, new() { TriggerPrice = 101m }), false);
        Assert.Equal(OrderStatus.Accepted, Assert.Single(desk.OnTick(Make.Quote(2, 1, 100.8m, 100.9m))).Status);
        Assert.Equal(OrderStatus.Triggered, Assert.Single(desk.OnTick(Make.Quote(3, 2, 100m, 101m))).Status);
    }

    private static LatencyProfile.Constant Of(double millis) => new(TimeSpan.FromMilliseconds(millis));

    private static BookLevel Level(decimal price, decimal size) => new(Price.Of(price), Quantity.Of(size));

    private static BookLevels Asks(double at, params (decimal Price, decimal Size)[] levels) =>
        new(Make.At(at), [Level(99m, 5m)], [.. levels.Select(static level => Level(level.Price, level.Size))]);

    private static TradingDesk Quoted(FillModel model)
    {
        var limits = Trading.Risk.RiskLimits.Default with { MaxOrderNotional = decimal.MaxValue };
        var desk = new TradingDesk(Make.Settings(limits) with { Model = model }, new(1_000_000m)) { IsReconciled = true };
        desk.OnTick(Make.Quote(1, 0, 99m, 100m));
        return desk;
    }

    // A buy of 2 at 99, behind 10.
    private static TradingDesk Resting()
    {
        var desk = Quoted(Queues);
        desk.Submit(Make.Limit(1, Side.Buy, 2m, 99m), false);
        desk.OnTick(Make.Quote(2, 1, 99m, 100m, 10m));
        return desk;
    }

    private static List<Fill> Fills(TradingDesk desk, Tick tick, IBookView? book = null) =>
        [.. desk.OnTick(tick, book).Where(static outcome => outcome.Fill is not null).Select(static outcome => outcome.Fill!)];

    private static IEnumerable<(decimal, decimal)> Pairs(List<Fill> fills) => fills.Select(static fill => (fill.Quantity, fill.Price));
}
