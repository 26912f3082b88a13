namespace AITrader.Signals.Indicators;

/// <summary>Where a value lies in a range.</summary>
internal static class RangePercent
{
    internal const double Middle = 50.0;

    /// <summary>100 * (value - low) / (high - low); 50 where the range is empty.</summary>
    internal static double Of(double value, double low, double high) => high == low ? Middle : 100.0 * ((value - low) / (high - low));
}
