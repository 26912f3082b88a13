using AITrader.Trading.Sizing;
using AITrader.Trading.Statistics;

namespace AITrader.Trading.Tests.Sizing;

/// <summary>Examples of section Sizing of docs/formulas-trading.md, worked by hand: equity and cash 10 000, a fee of 4 basis points, lots
/// of 0.001.</summary>
public sealed class SizingTests
{
    private static readonly SizingInput Input = Of(100m);

    [Theory]
    [InlineData(100, 0.25, 25)] // 2 500 / 100
    [InlineData(333, 0.25, 7.507)] // 7.5075…
    [InlineData(100, 1, 99.96)] // 99.96 * 100 * 1.0004 = 9 999.9984; 99.961 would be 10 000.098
    public void A_fixed_part_of_the_equity(double price, double part, double expected) =>
        Is(expected, FixedFraction.Of(Of((decimal)price), (decimal)part));

    [Fact]
    public void Equal_weights_share_a_part_of_the_equity() => Is(20, EqualWeight.Of(Input, 4, 0.8m));

    [Theory]
    [InlineData(0.10, 0.40, 1, 25)] // a quarter of the equity varies by 10 %
    [InlineData(0.10, 0.05, 0.5, 50)] // twice the equity, capped at a half
    [InlineData(0.10, 0.05, 1, 99.96)] // capped by the cash
    public void A_target_for_the_volatility(double target, double realised, double cap, double expected) =>
        Is(expected, VolatilityTarget.Of(Input, target, realised, (decimal)cap));

    [Fact]
    public void The_volatility_is_that_of_the_statistics()
    {
        // A sample deviation of 0.01, √252 of it a year: 0.158745…; 0.08 of that is 0.503952….
        double[] returns = [0.01, -0.01, 0.0];
        Is(50.395, VolatilityTarget.Of(Input, 0.08, GrowthStatistics.AnnualVolatility(returns, 252)));
    }

    [Theory]
    [InlineData(0.55, 1.0, 0.25, 5)] // f = 0.55 - 0.45 = 0.1, half of it
    [InlineData(0.60, 1.5, 0.10, 10)] // f = 0.6 - 0.4 / 1.5 = 0.333…, half of it capped at 0.1
    public void Kelly_of_win_rate_and_payoff(double winRate, double payoff, double cap, double expected) =>
        Is(expected, Kelly.Of(Input, Kelly.OfTrades(winRate, payoff), (decimal)cap));

    [Theory]
    [InlineData(0.00002, 0.0004, 1.0, 5)] // f = 0.05
    [InlineData(0.00002, 0.0004, 0.5, 2.5)]
    [InlineData(0.0004, 0.0001, 0.5, 25)] // f = 4, half of it capped at 0.25
    public void Kelly_of_mean_and_variance(double mean, double variance, double fraction, double expected) =>
        Is(expected, Kelly.Of(Input, Kelly.OfReturns(mean, variance), 0.25m, fraction));

    [Theory]
    [InlineData(2.5, 0.01, 2, 20)] // 100 / 5
    [InlineData(0.8, 0.005, 3, 20.833)] // 50 / 2.4
    [InlineData(0.0001, 0.5, 1, 99.96)] // capped by the cash
    [InlineData(1e-20, 0.5, 1, 99.96)]
    public void A_risk_over_the_average_true_range(double atr, double risk, double multiple, double expected) =>
        Is(expected, AtrRisk.Of(Input, atr, (decimal)risk, multiple));

    [Fact]
    public void The_cash_reaches_above_the_price_by_the_buffer()
    {
        // 100 * 1.005 * 1.0004 = 100.5402 a unit.
        Is(9.946, FixedFraction.Of(Input with { Cash = 1_000m, BufferBps = 50m }, 1m));
        Is(10, FixedFraction.Of(Input with { Cash = 1_000.4m }, 1m));
        Is(9.999, FixedFraction.Of(Input with { Cash = 1_000.3999m }, 1m));
    }

    [Fact]
    public void What_the_exchange_would_refuse_is_not_sized()
    {
        Is(3, FixedFraction.Of(Input with { Terms = Make.Terms with { MaxQuantity = 3m } }, 0.5m));
        Is(2, FixedFraction.Of(Input with { Terms = Make.Terms with { MaxQuantity = 3m, FreezeQuantity = 2m } }, 0.5m));
        Nothing(SizeCodes.BelowSmallest, FixedFraction.Of(Input with { Terms = Make.Terms with { MinQuantity = 51m } }, 0.5m));
        Nothing(SizeCodes.BelowSmallest, FixedFraction.Of(Input with { Terms = Make.Terms with { MinNotional = 5_001m } }, 0.5m));
    }

    [Fact]
    public void A_part_of_a_size_is_in_whole_lots()
    {
        Is(3.333, Input.Scaled(new PositionSize.Lots(10m), 1.0 / 3));
        Is(10, Input.Scaled(new PositionSize.Lots(10m), 1));
        Nothing(SizeCodes.InputInvalid, Input.Scaled(new PositionSize.Lots(10m), 0));
        Nothing(SizeCodes.InputInvalid, Input.Scaled(new PositionSize.Lots(10m), double.NaN));
        Nothing(SizeCodes.NoEdge, Input.Scaled(Kelly.Of(Input, -1, 1m), 1));
    }

    [Fact]
    public void What_is_missing_of_the_account_is_told()
    {
        Nothing(SizeCodes.NoPrice, FixedFraction.Of(Input with { Price = null }, 0.1m));
        Nothing(SizeCodes.NoPrice, Kelly.Of(Input with { Price = 0m }, 0.1, 0.1m));
        Nothing(SizeCodes.NoEquity, AtrRisk.Of(Input with { Equity = -1m }, 1, 0.1m));
        Nothing(SizeCodes.NoCash, VolatilityTarget.Of(Input with { Cash = 0m }, 0.1, 0.1));
        Nothing(SizeCodes.InputInvalid, FixedFraction.Of(Input with { BufferBps = -1m }, 0.1m));
        Nothing(SizeCodes.BelowSmallest, FixedFraction.Of(Input with { Cash = 0.1m }, 0.1m));
        Assert.Equal(
            "BELOW_SMALLEST amount=0.01 unit=100 cash=10000 lot=0.001",
            Assert.IsType<PositionSize.None>(FixedFraction.Of(Input, 0.000001m)).Reason.ToString()
        );
    }

    [Fact]
    public void What_makes_no_sense_is_told()
    {
        PositionSize[] sizes =
        [
            FixedFraction.Of(Input, 0m),
            FixedFraction.Of(Input, 1.01m),
            EqualWeight.Of(Input, 0),
            VolatilityTarget.Of(Input, 0.1, null),
            VolatilityTarget.Of(Input, 0.1, 0),
            VolatilityTarget.Of(Input, double.NaN, 0.1),
            VolatilityTarget.Of(Input, 0.1, double.PositiveInfinity),
            Kelly.Of(Input, Kelly.OfTrades(null, 2), 0.1m),
            Kelly.Of(Input, Kelly.OfTrades(0.5, null), 0.1m),
            Kelly.Of(Input, Kelly.OfTrades(1.5, 2), 0.1m),
            Kelly.Of(Input, Kelly.OfReturns(0.1, 0), 0.1m),
            Kelly.Of(Input, 0.5, 0.1m, 0),
            Kelly.Of(Input, 0.5, 2m),
            AtrRisk.Of(Input, double.NaN, 0.01m),
            AtrRisk.Of(Input, null, 0.01m),
            AtrRisk.Of(Input, 1, 0m),
            AtrRisk.Of(Input, 1, 0.01m, double.PositiveInfinity),
        ];
        Assert.All(sizes, static size => Nothing(SizeCodes.InputInvalid, size));
        Nothing(SizeCodes.NoEdge, Kelly.Of(Input, Kelly.OfTrades(0.4, 1), 0.1m));
        Nothing(SizeCodes.NoEdge, Kelly.Of(Input, Kelly.OfReturns(0, 0.1), 0.1m));
    }

    private static SizingInput Of(decimal price) =>
        new()
        {
            Terms = Make.Terms,
            Price = price,
            Equity = 10_000m,
            Cash = 10_000m,
        };

    private static void Is(double expected, PositionSize size) =>
        Assert.Equal((decimal)expected, Assert.IsType<PositionSize.Lots>(size).Quantity);

    private static void Nothing(string code, PositionSize size)
    {
        Assert.Equal(code, Assert.IsType<PositionSize.None>(size).Reason.Code);
        Assert.Equal(0m, size.Quantity);
    }
}
