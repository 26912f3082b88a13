using System.Globalization;
using System.Xml.Linq;
using AITrader.Domain.Orders;
using AITrader.TestSupport;
using AITrader.Trading.Ledger;

namespace AITrader.Trading.Tests.Ledger;

public sealed class FifoTradesTests
{
    private readonly FifoTrades _trades = new();

    [Fact]
    public void The_oldest_entry_is_closed_first()
    {
        _trades.Book(Executions.Of(1m, 100m, 0.1m, at: 1));
        _trades.Book(Executions.Of(3m, 120m, 0.3m, at: 2));
        _trades.Book(Executions.Of(-2m, 130m, 0.2m, at: 3));

        Assert.Equal(2, _trades.Closed.Count);
        var (first, second) = (_trades.Closed[0], _trades.Closed[1]);
        Assert.Equal((1m, 100m, 130m, 30m, 0.2m), (first.Quantity, first.EntryPrice, first.ExitPrice, first.Profit, first.Fees));
        Assert.Equal((1m, 120m, 130m, 10m, 0.2m), (second.Quantity, second.EntryPrice, second.ExitPrice, second.Profit, second.Fees));
        Assert.Equal((Make.At(2), Make.At(3), Side.Buy), (second.EntryTime, second.ExitTime, second.Side));
        var open = Assert.Single(_trades.OpenOf(Make.Symbol));
        Assert.Equal((2m, 240m, 0.2m, Make.At(2)), (open.Quantity, open.Cost, open.Fees, open.EntryTime));
    }

    [Fact]
    public void A_flip_closes_all_and_opens_the_rest()
    {
        _trades.Book(Executions.Of(2m, 100m));
        _trades.Book(Executions.Of(-5m, 110m, 0.5m));
        Assert.Equal((20m, 0.2m), (_trades.Closed[0].Profit, _trades.Closed[0].Fees));
        var open = Assert.Single(_trades.Open);
        Assert.Equal((-3m, -330m, 0.3m), (open.Quantity, open.Cost, open.Fees));

        _trades.Book(Executions.Of(3m, 100m));
        Assert.Equal((Side.Sell, 3m, 30m), (_trades.Closed[1].Side, _trades.Closed[1].Quantity, _trades.Closed[1].Profit));
    }

    [Fact]
    public void Excursions_are_those_of_marks_between_entry_and_exit()
    {
        _trades.Mark(Make.Symbol, 1m); // before the entry
        _trades.Book(Executions.Of(2m, 100m));
        _trades.Mark(Make.Symbol, 90m);
        _trades.Book(Executions.Of(1m, 95m));
        _trades.Mark(Make.Symbol, 125m);
        _trades.Mark("ANOTHER", 1m);
        _trades.Book(Executions.Of(-3m, 110m));
        _trades.Mark(Make.Symbol, 1m); // after the exit

        Assert.Equal((-20m, 50m), (_trades.Closed[0].MaxAdverse, _trades.Closed[0].MaxFavourable));
        Assert.Equal((0m, 30m), (_trades.Closed[1].MaxAdverse, _trades.Closed[1].MaxFavourable));
    }

    [Fact]
    public void Excursions_of_a_short_are_the_other_way_round()
    {
        _trades.Book(Executions.Of(-2m, 100m));
        _trades.Mark(Make.Symbol, 90m);
        _trades.Mark(Make.Symbol, 103m);
        _trades.Book(Executions.Of(2m, 101m));
        Assert.Equal((-6m, 20m, -2m), (_trades.Closed[0].MaxAdverse, _trades.Closed[0].MaxFavourable, _trades.Closed[0].Profit));
    }

    [Fact]
    public void A_split_changes_lots_and_what_they_have_seen()
    {
        _trades.Book(Executions.Of(2m, 100m));
        _trades.Book(Executions.Of(1m, 120m));
        _trades.Split(new StockSplit(Make.Symbol, 1, 2, Make.At(9)) { CashPrice = 230m });

        // 1 and a half unit: the half is closed of the oldest lot, of which another half stays.
        Assert.Equal(
            (0.5m, 200m, 230m, 15m, 0m),
            (
                _trades.Closed[0].Quantity,
                _trades.Closed[0].EntryPrice,
                _trades.Closed[0].ExitPrice,
                _trades.Closed[0].Profit,
                _trades.Closed[0].MaxAdverse
            )
        );
        Assert.Equal(
            [(0.5m, 100m, 200m), (0.5m, 120m, 230m)],
            _trades.Open.Select(static lot => (lot.Quantity, lot.Cost, lot.Low)).ToArray()
        );
    }

    [Fact]
    public void A_lot_that_rounds_to_nothing_leaves_its_cost_to_the_next()
    {
        _trades.Book(Executions.Of(0.00000001m, 100m, 0.1m));
        _trades.Book(Executions.Of(0.00000100m, 100m));
        _trades.Split(new StockSplit(Make.Symbol, 1, 100, Make.Start) { LotSize = 0.00000001m });
        var lot = Assert.Single(_trades.Open);
        Assert.Equal((0.00000001m, 0.00010100m, 0.1m), (lot.Quantity, lot.Cost, lot.Fees));
    }

    [Fact]
    public void Where_there_is_no_next_it_leaves_them_to_the_one_before()
    {
        _trades.Book(Executions.Of(0.00000100m, 100m));
        _trades.Book(Executions.Of(0.00000001m, 100m, 0.1m));
        _trades.Split(new StockSplit(Make.Symbol, 1, 100, Make.Start) { LotSize = 0.00000001m });
        var lot = Assert.Single(_trades.Open);
        Assert.Equal((0.00000001m, 0.00010100m, 0.1m), (lot.Quantity, lot.Cost, lot.Fees));
    }

    [Fact]
    public void A_split_that_leaves_nothing_is_an_error_that_changes_nothing()
    {
        var split = new StockSplit(Make.Symbol, 1, 1_000, Make.Start) { LotSize = 0.00000001m };
        var trips = new RoundTrips();
        var ledger = new AccountLedger(1m);
        var fill = Executions.Of(0.00000001m, 100m);
        _trades.Book(fill);
        trips.Book(fill);
        ledger.Book(fill);
        Assert.Throws<InvalidOperationException>(() => _trades.Split(split));
        Assert.Throws<InvalidOperationException>(() => trips.Split(split));
        Assert.Throws<InvalidOperationException>(() => ledger.Split(split));
        Assert.Equal(0.00000001m, Assert.Single(_trades.Open).Quantity);
        Assert.Equal(0.00000001m, ledger.PositionOf(Make.Symbol).Quantity);
    }

    [Fact]
    public void Agrees_with_the_books_at_every_price_after_every_booking() => Property.Holds(Booking.Many, static bookings =>
        {
            var ledger = new AccountLedger(10_000m);
            var fifo = new FifoTrades();
            var trips = new RoundTrips();
            foreach (var booking in bookings.Where(static booking => booking.Kind < 7))
            {
                booking.To(ledger);
                if (booking.Kind == 6)
                {
                    fifo.Split(booking.Split);
                    trips.Split(booking.Split);
                    Assert.Equal(Total(ledger), Total(fifo));
                    continue;
                }

                fifo.Book(booking.Fill);
                trips.Book(booking.Fill);
                Assert.Equal(ledger.PositionOf(booking.Name).Quantity, fifo.OpenOf(booking.Name).Sum(static lot => lot.Quantity));
                Assert.Equal(ledger.Fees, fifo.Closed.Sum(static trade => trade.Fees) + fifo.Open.Sum(static lot => lot.Fees));
                Assert.Equal(Total(ledger), Total(fifo));
                RequireFlatProfit(ledger, trips);
            }

            Assert.All(fifo.Closed.Concat(trips.Closed), static trade =>
                Assert.True(trade.MaxAdverse <= Math.Min(0m, trade.Profit) && trade.MaxFavourable >= Math.Max(0m, trade.Profit))
            );
        });

    [Fact]
    public void Gives_the_equity_of_the_reference_after_every_fill()
    {
        var fills = XDocument.Load(SharedData.Require("portfolio/test_cash_fills.xml")).Root!.Elements("OrderEvent").ToList();
        var equity = XDocument.Load(SharedData.Require("portfolio/test_cash_equity.xml")).Root!.Elements().Select(Number).ToList();
        Assert.Equal(13, fills.Count);
        for (var i = 0; i < fills.Count; i++)
        {
            var price = Number(fills[i].Element("FillPrice")!);
            _trades.Book(Executions.Of(Number(fills[i].Element("FillQuantity")!), price));
            var profit = _trades.Closed.Sum(static trade => trade.Profit) + _trades.Open.Sum(lot => lot.Unrealised(price));
            Assert.Equal(equity[i + 1], equity[0] + profit);
        }

        Assert.Empty(_trades.Open);
        Assert.Equal(
            [(50m, 50m), (50m, 100m), (50m, -100m), (50m, -100m), (50m, 100m), (50m, 100m), (50m, -100m), (50m, -100m), (50m, 0m)],
            _trades.Closed.Select(static trade => (trade.Quantity, trade.Profit)).ToArray()
        );
    }

    private static decimal Total(AccountLedger ledger) => ledger.Realised + ledger.Unrealised(static symbol => 400m + symbol[1]);

    private static decimal Total(FifoTrades fifo) =>
        fifo.Closed.Sum(static trade => trade.Profit) + fifo.Open.Sum(static lot => lot.Unrealised(400m + lot.Symbol[1]));

    // Where all is flat, all that was realised is the profit of round trips.
    private static void RequireFlatProfit(AccountLedger ledger, RoundTrips trips)
    {
        if (ledger.Positions.Values.All(static position => position.Quantity == 0m))
        {
            Assert.Equal(ledger.Realised, trips.Closed.Sum(static trade => trade.Profit));
            Assert.Equal(ledger.Fees, trips.Closed.Sum(static trade => trade.Fees));
            Assert.Empty(trips.OpenSince);
        }
    }

    private static decimal Number(XElement element) => decimal.Parse(element.Value, CultureInfo.InvariantCulture);
}
