namespace AITrader.Learning.Evaluation;

/// <summary>A series without its season, and the season to put back on a forecast.</summary>
/// <remarks>
/// Classical multiplicative decomposition: the trend is a centred moving average over a season, a season's factor the mean of
/// value over trend at its step, and the factors' mean is 1. It is what R's <c>decompose</c> does, as the M4 competition used it.
/// </remarks>
public sealed class SeasonalAdjustment
{
    // 90 %, two-sided, of the normal distribution, rounded as the competition rounds it.
    private const double CriticalValue = 1.645;
    private const int SeasonsToTest = 3;

    private readonly double[] _adjusted;
    private readonly double[] _factors;

    private SeasonalAdjustment(double[] adjusted, double[] factors)
    {
        _adjusted = adjusted;
        _factors = factors;
    }

    /// <summary>The series over its season's factors, as long as the series; the series itself where it shows no season.</summary>
    public ReadOnlySpan<double> Adjusted => _adjusted;

    /// <summary>One factor for each step of a season, that of the series' first value first; a single 1 without a season.</summary>
    public ReadOnlySpan<double> Factors => _factors;

    /// <summary>Adjusts a series where it shows a season.</summary>
    /// <param name="history">In order of time; finite, and above zero where the period is above 1.</param>
    /// <param name="period">Steps of a season, from 1; a season of one step is none.</param>
    /// <exception cref="ArgumentException">There are no values, or one is not finite, or not above zero with a period above 1.</exception>
    public static SeasonalAdjustment Of(ReadOnlySpan<double> history, int period)
    {
        if (!IsSeasonal(history, period))
        {
            return new SeasonalAdjustment(history.ToArray(), [1]);
        }

        var factors = FactorsOf(history, period);
        var adjusted = new double[history.Length];
        for (var i = 0; i < adjusted.Length; i++)
        {
            adjusted[i] = history[i] / factors[i % period];
        }

        return new SeasonalAdjustment(adjusted, factors);
    }

    /// <summary>Says whether the autocorrelation at lag <paramref name="period"/> is beyond its 90 % limit.</summary>
    /// <param name="history">In order of time; finite, and above zero where the period is above 1.</param>
    /// <param name="period">Steps of a season, from 1; a season of one step is none.</param>
    /// <returns>False for series of fewer than three seasons, and of periods above 10·log₁₀(n): the competition's program looks no
    /// further, so a yearly season of weeks takes more than 158 489 values.</returns>
    /// <exception cref="ArgumentException">There are no values, or one is not finite, or not above zero with a period above 1.</exception>
    /// <remarks>Limit: 1.645·√((1 + 2·Σr²) / n) over the lags below the period (Bartlett).</remarks>
    public static bool IsSeasonal(ReadOnlySpan<double> history, int period)
    {
        SeriesRules.RequireFinite(history, nameof(history));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(period);
        if (period == 1)
        {
            return false;
        }

        RequirePositive(history);
        if (history.Length < (long)SeasonsToTest * period || period > Math.Floor(10 * Math.Log10(history.Length)))
        {
            return false;
        }

        // A constant series has no autocorrelation, but the rounding of its mean would give it one.
        if (!history.ContainsAnyExcept(history[0]))
        {
            return false;
        }

        var autocovariances = Autocovariances.Of(history, period);
        var squares = 0.0;
        for (var lag = 1; lag < period; lag++)
        {
            var correlation = autocovariances[lag] / autocovariances[0];
            squares += correlation * correlation;
        }

        var limit = CriticalValue * Math.Sqrt((1 + (2 * squares)) / history.Length);
        return Math.Abs(autocovariances[period] / autocovariances[0]) > limit;
    }

    /// <summary>Puts the season back on a forecast of the adjusted series.</summary>
    /// <param name="forecast">Values of the steps that follow the series.</param>
    /// <returns>As many values, in the unit of the series.</returns>
    public double[] Restore(ReadOnlySpan<double> forecast)
    {
        var restored = new double[forecast.Length];
        for (var step = 0; step < restored.Length; step++)
        {
            restored[step] = forecast[step] * _factors[(_adjusted.Length + step) % _factors.Length];
        }

        return restored;
    }

    private static double[] FactorsOf(ReadOnlySpan<double> history, int period)
    {
        var sums = new double[period];
        var counts = new int[period];
        var half = period / 2;
        for (var i = half; i < history.Length - half; i++)
        {
            sums[i % period] += history[i] / Trend(history, i, period);
            counts[i % period]++;
        }

        var mean = 0.0;
        for (var step = 0; step < period; step++)
        {
            sums[step] /= counts[step];
            mean += sums[step] / period;
        }

        return Array.ConvertAll(sums, factor => factor / mean);
    }

    // A season of even length has no middle: its first and last value, one season apart, weigh half each.
    private static double Trend(ReadOnlySpan<double> history, int at, int period)
    {
        var half = period / 2;
        var sum = 0.0;
        foreach (var value in history[(at - half)..(at + half + 1)])
        {
            sum += value;
        }

        return (period % 2 == 0 ? sum - ((history[at - half] + history[at + half]) / 2) : sum) / period;
    }

    private static void RequirePositive(ReadOnlySpan<double> history)
    {
        for (var i = 0; i < history.Length; i++)
        {
            if (history[i] <= 0)
            {
                throw new ArgumentException(
                    $"value {i} is {history[i]}, but a season that multiplies needs values above zero",
                    nameof(history)
                );
            }
        }
    }
}
