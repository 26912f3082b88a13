namespace AITrader.Learning.Evaluation;

/// <summary>Autocovariances of a series about its mean.</summary>
internal static class Autocovariances
{
    /// <summary>Σ(x(t) - x̄)·(x(t + lag) - x̄) / n of the lags 0 to <paramref name="last"/>.</summary>
    /// <remarks>Divided by n at every lag, as R's <c>acf</c> does it: M4's test of seasonality and the Diebold-Mariano test are defined on
    /// that.</remarks>
    internal static double[] Of(ReadOnlySpan<double> values, int last)
    {
        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        var covariances = new double[last + 1];
        for (var lag = 0; lag <= last; lag++)
        {
            var sum = 0.0;
            for (var i = lag; i < values.Length; i++)
            {
                sum += (values[i] - mean) * (values[i - lag] - mean);
            }

            covariances[lag] = sum / values.Length;
        }

        return covariances;
    }
}
