namespace AITrader.Learning.Evaluation;

/// <summary>How good one method was over many series. Every series weighs the same.</summary>
/// <param name="Series">Series that were forecast, from 1.</param>
/// <param name="ScaledSeries">Those of which the MASE is defined.</param>
/// <param name="Smape">Mean over all series, percent.</param>
/// <param name="Mase">Mean over the series where it is defined; null where there is none.</param>
public sealed record ForecastSummary(int Series, int ScaledSeries, double Smape, double? Mase)
{
    /// <summary>Averages over series.</summary>
    /// <exception cref="ArgumentException">There are no scores.</exception>
    public static ForecastSummary Of(IReadOnlyCollection<ForecastScore> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Count == 0)
        {
            throw new ArgumentException("there are no scores to average", nameof(scores));
        }

        var scaled = scores.Count(static score => score.Mase is not null);
        return new ForecastSummary(
            scores.Count,
            scaled,
            scores.Average(static score => score.Smape),
            scores.Average(static score => score.Mase)
        );
    }

    /// <summary>Overall weighted average: mean of the ratio of the mean sMAPEs and the ratio of the mean MASEs.</summary>
    /// <param name="benchmark">The same series by the method to compare with; M4's is <see cref="Baselines.Naive2"/>.</param>
    /// <returns>Below 1 where this method is better; null where a mean MASE is undefined or a benchmark's mean is zero.</returns>
    /// <exception cref="ArgumentException">The benchmark is of other series: their number, or that of scaled ones, differs.</exception>
    /// <remarks>Averages come before ratios, as in the M4 competition: a mean of the ratios of single series is another number.</remarks>
    public double? Owa(ForecastSummary benchmark)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        if ((Series, ScaledSeries) != (benchmark.Series, benchmark.ScaledSeries))
        {
            throw new ArgumentException(
                $"is of {benchmark.Series} series, {benchmark.ScaledSeries} of them scaled, but this is of {Series}, {ScaledSeries}",
                nameof(benchmark)
            );
        }

        return Mase is { } mase && benchmark.Mase is { } scale
            ? SeriesRules.Finite(((Smape / benchmark.Smape) + (mase / scale)) / 2)
            : null;
    }
}
