using MathNet.Numerics;

namespace AITrader.Trading.Statistics;

/// <summary>One way to divide time: how the trial that was best in sample did, there and out of sample.</summary>
/// <param name="InSample">Its Sharpe ratio of one period where it was chosen.</param>
/// <param name="OutOfSample">Its Sharpe ratio of one period on the rest.</param>
/// <param name="RelativeRank">Its rank on the rest, over the number of trials plus one: near 0 the worst, near 1 the best.</param>
public readonly record struct OverfittingSplit(double InSample, double OutOfSample, double RelativeRank)
{
    /// <summary>ln(ω / (1 - ω)): zero or negative where the chosen one was no better than the median.</summary>
    public double Logit => Math.Log(RelativeRank / (1 - RelativeRank));
}

/// <summary>What cross-validation found.</summary>
/// <param name="Probability">Probability of backtest overfitting: share of splits with a logit of zero or less.</param>
/// <param name="ProbabilityOfLoss">Share of splits where the chosen trial lost out of sample.</param>
/// <param name="Degradation">Slope of the line through the chosen trials' ratios, out of sample over in sample: negative where a better
/// back-test meant a worse result. Null where it is undefined.</param>
/// <param name="Splits">Each of them.</param>
public sealed record OverfittingReport(
    double Probability,
    double ProbabilityOfLoss,
    double? Degradation,
    IReadOnlyList<OverfittingSplit> Splits
)
{
    internal static OverfittingReport Of(IEnumerable<OverfittingSplit> found)
    {
        var splits = found.ToList();
        return new OverfittingReport(
            splits.Count(static split => split.RelativeRank <= 0.5) / (double)splits.Count,
            splits.Count(static split => split.OutOfSample < 0) / (double)splits.Count,
            SlopeOf(splits.FindAll(static split => double.IsFinite(split.InSample) && double.IsFinite(split.OutOfSample))),
            splits
        );
    }

    private static double? SlopeOf(List<OverfittingSplit> splits)
    {
        var inSample = splits.ConvertAll(static split => split.InSample).ToArray();
        return Sample.Spread(inSample) is null
            ? null
            : Sample.Finite(Fit.Line(inSample, splits.ConvertAll(static split => split.OutOfSample).ToArray()).B);
    }
}
