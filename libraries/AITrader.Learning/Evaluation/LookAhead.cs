namespace AITrader.Learning.Evaluation;

/// <summary>Finds features that know what comes later.</summary>
public static class LookAhead
{
    /// <summary>Changes the future and looks whether the past notices: values after a moment are exchanged for others, and every feature up
    /// to that moment has to stay what it was, to the bit.</summary>
    /// <param name="features">Features of each moment of a series, one row a value of the series.</param>
    /// <param name="series">In order of time, finite.</param>
    /// <param name="seed">Draws the moments and the other values.</param>
    /// <param name="moments">How many moments are tried.</param>
    /// <returns>The earliest moment whose features knew later values, of those that were found; null where none did.</returns>
    /// <exception cref="ArgumentException">The series is shorter than two values, has one that is not finite, or has not a row of features
    /// for each.</exception>
    public static int? Find(Func<double[], double[][]> features, double[] series, int seed, int moments = 32)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(moments);
        SeriesRules.RequireFinite(series, nameof(series));
        SeriesRules.RequireAtLeast(series, 2, "a future", nameof(series));
        var known = Rows(features, series);
        var random = new Random(seed);
        int? earliest = null;
        for (var i = 0; i < moments; i++)
        {
            var moment = random.Next(series.Length - 1);
            var other = Rows(features, Changed(series, moment, random));
            for (var row = 0; row <= moment; row++)
            {
                if (!known[row].AsSpan().SequenceEqual(other[row]) && !(earliest <= row))
                {
                    earliest = row;
                }
            }
        }

        return earliest;
    }

    private static double[][] Rows(Func<double[], double[][]> features, double[] series)
    {
        var rows = features([.. series]);
        return rows.Length == series.Length
            ? rows
            : throw new ArgumentException($"gives {rows.Length} rows for {series.Length} values", nameof(features));
    }

    // Of the same size as the series, so that no feature fails for what no market would show.
    private static double[] Changed(double[] series, int moment, Random random)
    {
        double[] changed = [.. series];
        for (var i = moment + 1; i < changed.Length; i++)
        {
            changed[i] = series[random.Next(series.Length)] * (0.5 + random.NextDouble());
        }

        return changed;
    }
}
