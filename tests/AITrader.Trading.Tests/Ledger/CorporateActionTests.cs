using AITrader.Trading.Ledger;

namespace AITrader.Trading.Tests.Ledger;

public sealed class CorporateActionTests
{
    // LEAN's issue 5765: with the factor 0.1428572 it became 699.
    [Fact]
    public void Seven_for_one_of_a_hundred_is_seven_hundred()
    {
        var ledger = Holding(100m, 70m);
        Assert.Equal(0m, ledger.Split(new StockSplit(Make.Symbol, 7, 1, Make.Start)));

        var position = ledger.PositionOf(Make.Symbol);
        Assert.Equal((700m, 7_000m, 10m), (position.Quantity, position.Cost, position.AveragePrice));
        Assert.Equal(10_000m, ledger.Equity(static _ => 10m));
        Assert.Equal(0m, ledger.Imbalance());
    }

    [Fact]
    public void What_a_reverse_split_leaves_over_is_paid_out()
    {
        var ledger = Holding(3m, 8m);
        Assert.Equal(2m, ledger.Split(new StockSplit(Make.Symbol, 1, 2, Make.Start) { CashPrice = 20m }));

        var position = ledger.PositionOf(Make.Symbol);
        Assert.Equal((1m, 16m, 2m), (position.Quantity, position.Cost, position.Realised));
        Assert.Equal(9_976m + 10m, ledger.Cash);
        Assert.Equal(0m, ledger.Imbalance());
    }

    [Fact]
    public void A_short_buys_back_what_is_left_over()
    {
        var ledger = Holding(-3m, 8m);
        Assert.Equal(-2m, ledger.Split(new StockSplit(Make.Symbol, 1, 2, Make.Start) { CashPrice = 20m }));
        Assert.Equal(-1m, ledger.PositionOf(Make.Symbol).Quantity);
        Assert.Equal(10_024m - 10m, ledger.Cash);
        Assert.Equal(0m, ledger.Imbalance());
    }

    [Fact]
    public void Less_than_one_unit_is_paid_out_whole()
    {
        var ledger = Holding(3m, 8m);
        ledger.Split(new StockSplit(Make.Symbol, 1, 10, Make.Start) { CashPrice = 80m });
        Assert.Equal((0m, 0m), (ledger.PositionOf(Make.Symbol).Quantity, ledger.PositionOf(Make.Symbol).Cost));
        Assert.Equal(10_000m, ledger.Cash);
    }

    [Fact]
    public void A_left_over_without_a_price_is_an_error_that_changes_nothing()
    {
        var ledger = Holding(3m, 8m);
        var thrown = Assert.Throws<InvalidOperationException>(() => ledger.Split(new StockSplit(Make.Symbol, 1, 2, Make.Start)));
        Assert.Contains("leaves 0.5 over", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(3m, ledger.PositionOf(Make.Symbol).Quantity);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 2)]
    public void Refuses_what_is_no_split(int units, int old) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Holding(3m, 8m).Split(new StockSplit(Make.Symbol, units, old, Make.Start)));

    [Theory]
    [InlineData(10, 0, 25)]
    [InlineData(10, 0.1, 22.5)]
    [InlineData(-10, 0.1, -25)] // who is short pays the lender in full
    [InlineData(0, 0.1, 0)]
    public void A_dividend_goes_to_who_is_long_and_comes_from_who_is_short(double quantity, double withheld, double expected)
    {
        var ledger = new AccountLedger(1_000m);
        if (quantity != 0)
        {
            ledger.Book(Executions.Of((decimal)quantity, 100m));
        }

        var cash = ledger.Cash;
        Assert.Equal((decimal)expected, ledger.Pay(new CashDividend(Make.Symbol, 2.5m, Make.Start) { Withheld = (decimal)withheld }));
        Assert.Equal((decimal)expected, ledger.Income);
        Assert.Equal(cash + (decimal)expected, ledger.Cash);
        Assert.Equal(0m, ledger.Realised);
        Assert.Equal(0m, ledger.Imbalance());
    }

    [Fact]
    public void Refuses_what_is_no_dividend()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Holding(3m, 8m).Pay(new CashDividend(Make.Symbol, 0m, Make.Start)));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Holding(3m, 8m).Pay(new CashDividend(Make.Symbol, 1m, Make.Start) { Withheld = 1.1m })
        );
    }

    [Fact]
    public void The_identity_holds_after_every_booking() => Property.Holds(Booking.Many, static bookings =>
        {
            var ledger = new AccountLedger(10_000m);
            foreach (var booking in bookings)
            {
                booking.To(ledger);
                static decimal? Mark(string symbol) => 400m + symbol[1];
                Assert.Equal(0m, ledger.Imbalance());
                Assert.Equal(
                    ledger.Equity(Mark),
                    ledger.InitialCash + ledger.Transferred + ledger.Realised + ledger.Unrealised(Mark) + ledger.Income - ledger.Fees
                );
                Assert.Equal(ledger.Realised, ledger.Positions.Values.Sum(static position => position.Realised));
            }
        });

    private static AccountLedger Holding(decimal quantity, decimal price)
    {
        var ledger = new AccountLedger(10_000m);
        ledger.Book(Executions.Of(quantity, price));
        return ledger;
    }
}
