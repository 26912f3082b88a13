using MathNet.Numerics.Statistics;

namespace AITrader.Trading.Statistics;

/// <summary>Arithmetic of samples that all families share.</summary>
internal static class Sample
{
    // Deviations of returns that differ only by the rounding of doubles.
    private const double RelativeRounding = 1e-12;
    private const double AbsoluteRounding = 1e-15;

    /// <summary>Sample standard deviation (n - 1); null of fewer than two.</summary>
    internal static double? Deviation(double[] values) => values.Length < 2 ? null : ArrayStatistics.StandardDeviation(values);

    /// <summary>A deviation that may divide: null where values differ by no more than rounding.</summary>
    internal static double? Spread(double[] values)
    {
        var deviation = Deviation(values);
        return deviation is not { } spread || IsRounding(spread, values) ? null : spread;
    }

    /// <summary>Each value less a constant.</summary>
    internal static double[] Less(double[] values, double amount) => Array.ConvertAll(values, value => value - amount);

    /// <summary>The value, or null where it is not a finite number.</summary>
    internal static double? Finite(double value) => double.IsFinite(value) ? value : null;

    internal static bool IsRounding(double deviation, double[] values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return deviation <= (RelativeRounding * largest) + AbsoluteRounding;
    }
}
