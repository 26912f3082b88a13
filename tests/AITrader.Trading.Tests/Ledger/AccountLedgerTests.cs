using System.Globalization;
using System.Xml.Linq;
using AITrader.Domain.Positions;
using AITrader.TestSupport;
using AITrader.Trading.Ledger;

namespace AITrader.Trading.Tests.Ledger;

public sealed class AccountLedgerTests
{
    [Fact]
    public void Averages_the_cost_of_what_is_added()
    {
        var ledger = new AccountLedger(1_000m);
        ledger.Book(Executions.Of(1m, 100m));
        ledger.Book(Executions.Of(3m, 120m));

        var position = ledger.PositionOf(Make.Symbol);
        Assert.Equal(4m, position.Quantity);
        Assert.Equal(115m, position.AveragePrice);
        Assert.Equal(540m, ledger.Cash);
        Assert.Equal(20m, position.Unrealised(120m));
    }

    [Fact]
    public void Realises_against_the_average_and_leaves_it_alone()
    {
        var ledger = new AccountLedger(1_000m);
        ledger.Book(Executions.Of(1m, 100m));
        ledger.Book(Executions.Of(3m, 120m));

        Assert.Equal(10m, ledger.Book(Executions.Of(-2m, 120m)));
        Assert.Equal(115m, ledger.PositionOf(Make.Symbol).AveragePrice);
    }

    [Fact]
    public void A_flip_closes_at_the_average_and_opens_at_the_price_of_the_fill()
    {
        var ledger = new AccountLedger(1_000m);
        ledger.Book(Executions.Of(2m, 100m));

        Assert.Equal(20m, ledger.Book(Executions.Of(-5m, 110m)));
        var position = ledger.PositionOf(Make.Symbol);
        Assert.Equal(-3m, position.Quantity);
        Assert.Equal(110m, position.AveragePrice);
        Assert.Equal(30m, position.Unrealised(100m));
    }

    [Fact]
    public void Fees_leave_the_cash_and_are_counted_apart_from_profit()
    {
        var ledger = new AccountLedger(1_000m);
        ledger.Book(Executions.Of(1m, 100m, 0.5m));
        Assert.Equal(10m, ledger.Book(Executions.Of(-1m, 110m, 0.25m)));

        Assert.Equal(0.75m, ledger.Fees);
        Assert.Equal(1_009.25m, ledger.Cash);
        Assert.Equal(ledger.Cash, ledger.InitialCash + ledger.Realised - ledger.Fees);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(-1, 100)]
    [InlineData(1, 0)]
    public void Refuses_what_is_no_execution(int quantity, int price)
    {
        var ledger = new AccountLedger(1_000m);
        var fill = Executions.Of(1m, 100m) with { Quantity = quantity, Price = price };
        Assert.Throws<ArgumentOutOfRangeException>(() => ledger.Book(fill));
        Assert.Equal(1_000m, ledger.Cash);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_identities_hold_after_every_one_of_many_random_fills(int seed)
    {
        var random = new Random(seed);
        var ledger = new AccountLedger(100_000m);
        var sums = new Dictionary<string, decimal>();
        var flow = 0m;
        for (var i = 0; i < 3_000; i++)
        {
            var symbol = $"S{random.Next(3)}";
            var quantity = random.Next(1, 2_000) * 0.001m * (random.Next(2) == 0 ? 1m : -1m);
            var price = random.Next(1, 900_000) * 0.1m;
            var fee = decimal.Round(Math.Abs(quantity) * price * 0.0004m, 8, MidpointRounding.ToEven);
            ledger.Book(Executions.Of(quantity, price, fee) with { Symbol = symbol });
            sums[symbol] = sums.GetValueOrDefault(symbol) + quantity;
            flow += (quantity * price) + fee;

            decimal? Mark(string name) => 50_000m + name[1];
            Assert.Equal(0m, ledger.Imbalance());
            Assert.Equal(sums[symbol], ledger.PositionOf(symbol).Quantity);
            Assert.Equal(ledger.InitialCash - flow, ledger.Cash);
            Assert.Equal(ledger.Equity(Mark), ledger.InitialCash + ledger.Realised + ledger.Unrealised(Mark) - ledger.Fees);
        }
    }

    [Fact]
    public void A_flat_position_has_no_cost_left_however_it_got_there()
    {
        var ledger = new AccountLedger(100_000m);
        ledger.Book(Executions.Of(3m, 100m));
        ledger.Book(Executions.Of(-1m, 33.3333m));
        ledger.Book(Executions.Of(-1m, 33.3333m));
        ledger.Book(Executions.Of(-1m, 33.3334m));

        Assert.Equal(Position.Flat(Make.Symbol).Cost, ledger.PositionOf(Make.Symbol).Cost);
        Assert.Equal(-200m, ledger.Realised);
    }

    [Fact]
    public void Gives_the_equity_of_the_reference_after_every_fill()
    {
        var fills = XDocument.Load(SharedData.Require("portfolio/test_cash_fills.xml")).Root!.Elements("OrderEvent").ToList();
        var expected = XDocument.Load(SharedData.Require("portfolio/test_cash_equity.xml")).Root!.Elements().Select(Number).ToList();
        var ledger = new AccountLedger(expected[0]);

        Assert.Equal(13, fills.Count);
        for (var i = 0; i < fills.Count; i++)
        {
            var price = Number(fills[i].Element("FillPrice")!);
            ledger.Book(Executions.Of(Number(fills[i].Element("FillQuantity")!), price));
            Assert.Equal(expected[i + 1], ledger.Equity(_ => price));
        }

        Assert.Equal(expected[^1], ledger.InitialCash + ledger.Realised);
    }

    private static decimal Number(XElement element) => decimal.Parse(element.Value, CultureInfo.InvariantCulture);
}
