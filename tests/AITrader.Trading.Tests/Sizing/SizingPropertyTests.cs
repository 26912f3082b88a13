using AITrader.Domain.Instruments;
using AITrader.Trading.Risk;
using AITrader.Trading.Sizing;
using FsCheck;
using FsCheck.Fluent;

namespace AITrader.Trading.Tests.Sizing;

public sealed class SizingPropertyTests
{
    private static readonly double[] Odd =
    [
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        double.MaxValue,
        double.MinValue,
        double.Epsilon,
        -0.0,
        0.0,
        1e-30,
        1e30,
        -1,
        0.5,
        1,
    ];

    private static readonly Gen<Case> Cases = Gen.Choose(0, 1_000_000).ArrayOf(8).Select(static numbers => new Case(numbers));

    [Fact]
    public void The_cash_always_pays_for_whole_lots_with_their_fee() =>
        Property.Holds(Cases, static one => Assert.All(one.Sizes(one.Input), size =>
            {
                var input = one.Input;
                Assert.True(size.Quantity >= 0m && input.Terms.IsWholeLots(size.Quantity));
                Assert.True(Exposure.Required(input.Terms, size.Quantity, one.WorstPrice) <= input.Cash);
                Assert.Equal(size is PositionSize.Lots, size.Quantity > 0m);
            }));

    [Fact]
    public void One_lot_more_would_be_too_much() => Property.Holds(Cases, static one =>
        {
            var more = FixedFraction.Of(one.Input, one.Part).Quantity + one.Input.Terms.LotSize;
            Assert.True(
                more * one.Input.Price > one.Part * one.Input.Equity
                    || Exposure.Required(one.Input.Terms, more, one.WorstPrice) > one.Input.Cash
            );
        });

    [Fact]
    public void More_equity_never_gives_less() => Property.Holds(Cases, static one =>
        {
            var more = one.Sizes(one.Input with { Equity = one.Input.Equity * 1.7m });
            Assert.All(one.Sizes(one.Input).Zip(more), static pair => Assert.True(pair.First.Quantity <= pair.Second.Quantity));
        });

    [Fact]
    public void A_strategy_that_loses_gets_nothing_of_Kelly() => Property.Holds(Cases, static one =>
        {
            var payoff = 0.1 + (one.Ratio * 5);
            var winRate = one.Other / (1 + payoff); // at 1 / (1 + payoff) it is even
            Assert.Equal(0m, Kelly.Of(one.Input, Kelly.OfTrades(winRate, payoff), 1m, 1).Quantity);
            Assert.Equal(0m, Kelly.Of(one.Input, Kelly.OfReturns(-one.Ratio, 0.01), 1m, 1).Quantity);
        });

    [Fact]
    public void Kelly_maximises_the_growth_of_a_repeated_bet() => Property.Holds(Cases, static one =>
        {
            var (winRate, payoff) = (0.05 + (0.9 * one.Ratio), 0.2 + (4 * one.Other));
            double Growth(double f) => (winRate * Math.Log(1 + (f * payoff))) + ((1 - winRate) * Math.Log(1 - f));
            var best = Math.Clamp(Kelly.OfTrades(winRate, payoff)!.Value, 0, 0.99);
            Assert.All(Enumerable.Range(0, 100), step => Assert.True(Growth(step / 100.0) <= Growth(best) + 1e-12));
        });

    [Fact]
    public void No_number_is_too_odd() => Property.Holds(Gen.Elements(Odd).ArrayOf(3), static odd =>
        {
            var input = new Case([.. Enumerable.Repeat(500_000, 8)]).Input;
            PositionSize[] sizes =
            [
                VolatilityTarget.Of(input, odd[0], odd[1]),
                Kelly.Of(input, Kelly.OfTrades(odd[0], odd[1]), 1m),
                Kelly.Of(input, Kelly.OfReturns(odd[0], odd[1]), 1m),
                Kelly.Of(input, odd[0], 1m, odd[1]),
                AtrRisk.Of(input, odd[0], 0.01m, odd[1]),
                input.Scaled(new PositionSize.Lots(1m), odd[0]),
            ];
            Assert.All(sizes, size => Assert.True(Exposure.Required(input.Terms, size.Quantity, input.Price!.Value) <= input.Cash));

            var returns = Enumerable.Range(0, 30).Select(i => i % 7 == 0 ? odd[2] : i * 0.001).ToList();
            var outcome = CorrelationExposure.Of(
                new WeightedReturns(odd[0], returns),
                [new WeightedReturns(odd[1], returns)],
                new CorrelationLimits(0.2, 252)
            );
            Assert.InRange(outcome.Scale, 0, 1);
        });

    private sealed class Case
    {
        private const double Most = 1_000_000;

        internal Case(int[] numbers)
        {
            (Ratio, Other, Atr) = (numbers[0] / Most, numbers[1] / Most, numbers[2] / Most * 10);
            Part = Math.Max(0.001m, numbers[3] / (decimal)Most);
            Input = new SizingInput
            {
                Terms = new Instrument("X", "Y", "USD", 0.01m, numbers[4] % 3 == 0 ? 0.00000001m : 1m + (numbers[4] % 5), numbers[4] % 50),
                Price = 0.01m + (numbers[5] * 0.01m),
                Equity = 1m + numbers[6],
                Cash = 0.01m + (numbers[7] * 1.3m),
                BufferBps = numbers[4] % 101,
            };
        }

        internal SizingInput Input { get; }

        internal decimal Part { get; }

        internal double Ratio { get; }

        internal double Other { get; }

        internal decimal WorstPrice => Input.Price!.Value * (1m + (Input.BufferBps / 10_000m));

        private double Atr { get; }

        internal PositionSize[] Sizes(SizingInput input) =>
            [
                FixedFraction.Of(input, Part),
                EqualWeight.Of(input, 1 + (int)(Ratio * 20)),
                VolatilityTarget.Of(input, Ratio, Other),
                Kelly.Of(input, Kelly.OfTrades(Ratio, 3 * Other), 0.5m),
                Kelly.Of(input, Kelly.OfReturns(Ratio - 0.5, Other), 0.9m),
                AtrRisk.Of(input, Atr, Part, 1 + Ratio),
            ];
    }
}
