using AITrader.Trading.Sizing;
using FsCheck.Fluent;

namespace AITrader.Trading.Tests.Sizing;

public sealed class CorrelationExposureTests
{
    // 20 returns of +-1 %: a sample variance of 0.0001 * 20 / 19, so that with 9 500 periods the annual volatility is the weight.
    private const double Periods = 9_500;

    private static readonly double[] Even = [.. Enumerable.Range(0, 20).Select(static i => i % 2 == 0 ? 0.01 : -0.01)];
    private static readonly double[] Apart = [.. Enumerable.Range(0, 20).Select(static i => i / 2 % 2 == 0 ? 0.01 : -0.01)];

    private static readonly WeightedReturns[] Held = [new(0.3, Even)];

    [Theory]
    [InlineData(0.2, 0.6, 1, 0.5, 1)] // 0.3 + 0.2
    [InlineData(0.2, 0.4, 0.5, 0.4, 1)] // half of it is 0.3 + 0.1
    [InlineData(-0.2, 0.4, 1, 0.1, -1)] // a hedge
    [InlineData(-0.2, 0.2, 1, 0.1, -1)] // also where too much is held already
    [InlineData(-0.9, 0.2, 0.6666666667, 0.3, -1)] // -0.6: as far on the other side
    public void What_moves_along_is_scaled_to_the_cap(double weight, double cap, double part, double after, double correlation)
    {
        var fits = Fits(new WeightedReturns(weight, Even), Held, cap);
        Assert.Equal(part, fits.Part, 1e-9);
        Assert.Equal(0.3, fits.Before, 1e-9);
        Assert.Equal(after, fits.After, 1e-9);
        Assert.Equal(correlation, fits.Correlation!.Value, 1e-9);
    }

    [Fact]
    public void What_moves_apart_fits_better()
    {
        // √(0.3² + 0.4²) = 0.5; at most 0.4: √(0.16 - 0.09) / 0.4
        var whole = Fits(new WeightedReturns(0.4, Apart), Held, 0.51);
        Assert.Equal((1, 0.5), (whole.Part, Math.Round(whole.After, 9)));
        var part = Fits(new WeightedReturns(0.4, Apart), Held, 0.4);
        Assert.Equal(Math.Sqrt(0.07) / 0.4, part.Part, 1e-9);
        Assert.Equal(0.4, part.After, 1e-9);
        Assert.Equal(0, part.Correlation!.Value, 1e-9);
    }

    [Fact]
    public void A_first_position_is_scaled_to_the_cap_by_itself()
    {
        var fits = Fits(new WeightedReturns(0.8, Even), [], 0.2);
        Assert.Equal((0.25, 0.0, 0.2), (Math.Round(fits.Part, 9), fits.Before, Math.Round(fits.After, 9)));
        Assert.Null(fits.Correlation);
    }

    [Fact]
    public void What_cannot_be_added_is_refused_with_the_figures()
    {
        var full = Refused(new WeightedReturns(0.2, Even), Held, new CorrelationLimits(0.25, Periods));
        Assert.StartsWith("TOO_VOLATILE before=0.3", full, StringComparison.Ordinal);
        var along = Refused(new WeightedReturns(0.2, Even), Held, new CorrelationLimits(1, Periods) { MaxCorrelation = 0.8 });
        Assert.EndsWith("max=0.8", along, StringComparison.Ordinal);
        Assert.StartsWith("CORRELATED correlation=", along, StringComparison.Ordinal);
    }

    [Fact]
    public void Returns_that_cannot_be_compared_are_refused()
    {
        var limits = new CorrelationLimits(0.5, Periods);
        Assert.StartsWith("RETURNS_INVALID", Refused(new WeightedReturns(0.2, Even[1..]), Held, limits), StringComparison.Ordinal);
        Assert.StartsWith("RETURNS_INVALID", Refused(new WeightedReturns(0.2, Even[1..]), [], limits), StringComparison.Ordinal);
        Assert.StartsWith("RETURNS_INVALID", Refused(new WeightedReturns(double.NaN, Even), Held, limits), StringComparison.Ordinal);
        Assert.StartsWith(
            "RETURNS_INVALID",
            Refused(new WeightedReturns(1, [.. Even[1..], double.NaN]), Held, limits),
            StringComparison.Ordinal
        );
        Assert.StartsWith("INPUT_INVALID", Refused(Held[0], [], limits with { MaxVolatility = double.NaN }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_portfolio_never_becomes_more_volatile_than_it_may_be_or_is() =>
        Property.Holds(Gen.Choose(-100, 100).ArrayOf(64), static numbers =>
        {
            double[] Returns(int from) => [.. numbers[from..(from + 20)].Select(static number => number * 0.001)];
            var limits = new CorrelationLimits(0.05 + (Math.Abs(numbers[60]) * 0.01), 252);
            WeightedReturns[] held = [new(numbers[61] * 0.01, Returns(0)), new(numbers[62] * 0.01, Returns(20))];
            var candidate = new WeightedReturns(numbers[63] * 0.01, Returns(40));
            var outcome = CorrelationExposure.Of(candidate, held, limits);
            if (outcome is ExposureOutcome.Fits fits)
            {
                Assert.InRange(fits.Part, 0, 1);
                Assert.True(fits.After <= Math.Max(limits.MaxVolatility, fits.Before) + 1e-9);

                // What was scaled is scaled no more than it has to be.
                Assert.True(fits.Part == 1 || fits.After >= Math.Max(limits.MaxVolatility, fits.Before) - 1e-9);
            }
            else
            {
                // Refused only where even a little of it adds to a portfolio that is at its bound.
                var little = Fits(candidate with { Weight = candidate.Weight * 1e-4 }, held, limits with { MaxVolatility = 1e9 });
                Assert.True(little.After > little.Before && little.Before >= limits.MaxVolatility - 1e-9);
            }
        });

    private static ExposureOutcome.Fits Fits(WeightedReturns candidate, WeightedReturns[] held, double cap) =>
        Fits(candidate, held, new CorrelationLimits(cap, Periods));

    private static ExposureOutcome.Fits Fits(WeightedReturns candidate, WeightedReturns[] held, CorrelationLimits limits) =>
        Assert.IsType<ExposureOutcome.Fits>(CorrelationExposure.Of(candidate, held, limits));

    private static string Refused(WeightedReturns candidate, WeightedReturns[] held, CorrelationLimits limits) =>
        Assert.IsType<ExposureOutcome.Refused>(CorrelationExposure.Of(candidate, held, limits)).Reason.ToString();
}
