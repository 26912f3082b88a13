using AITrader.Signals.Indicators;

namespace AITrader.Signals.Tests.Indicators;

public sealed class RollingMomentsTests
{
    /// <summary>Of a variance: some roundings of a double, times the period.</summary>
    private const double Tolerance = 4e-16;

    /// <summary>Of a mean: as many, and those of the decimal that it is compared with.</summary>
    private const double MeanTolerance = 1e-15;

    private const int Steps = 1_024;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(23)]
    [InlineData(200)]
    public void Loses_digits_neither_to_an_offset_nor_to_an_outlier_nor_over_time(int period)
    {
        const double Offset = 1L << 36;
        var random = new Random(period);
        var moments = new RollingMoments(period);
        var inputs = new List<double>();
        for (var i = 0; i < 20_000; i++)
        {
            // Multiples of a step far from 0, one in nine a million away: exact as decimals too.
            inputs.Add(Offset + (random.Next(-4_096, 4_096) / (double)Steps) + (random.Next(9) == 0 ? 1e6 : 0.0));
            moments.Update(inputs[^1]);
            var (mean, variance) = Exact(inputs.GetRange(Math.Max(0, inputs.Count - period), Math.Min(inputs.Count, period)));
            Assert.Equal(mean, moments.Mean, Offset * MeanTolerance);
            Assert.Equal(variance, moments.Variance, variance * period * Tolerance);
            Assert.Equal(Math.Sqrt(moments.Variance), moments.StdDev);
        }
    }

    private static (double Mean, double Variance) Exact(List<double> window)
    {
        var values = window.ConvertAll(static value => (long)(value * Steps) / (decimal)Steps); // A cast of the double keeps 15 digits only.
        var mean = values.Average();
        return ((double)mean, (double)values.Average(value => (value - mean) * (value - mean)));
    }
}
