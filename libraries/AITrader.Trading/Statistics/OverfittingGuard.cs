using MathNet.Numerics.Statistics;

namespace AITrader.Trading.Statistics;

/// <summary>The Sharpe ratio of the best of several trials, deflated for there having been several.</summary>
/// <param name="Trial">Index of the best one.</param>
/// <param name="Sharpe">Its ratio of one period.</param>
/// <param name="ExpectedMaximum">What the best would show without skill.</param>
/// <param name="Probability">Probability that its true ratio is above that; null where undefined.</param>
public sealed record DeflatedSharpe(int Trial, double Sharpe, double ExpectedMaximum, double? Probability);

/// <summary>Says how likely the best of several back-tests is the best by chance.</summary>
/// <remarks>Bailey, Borwein, López de Prado and Zhu, The Probability of Backtest Overfitting (2015).</remarks>
public static class OverfittingGuard
{
    /// <summary>Blocks that time is cut into unless told: 12 870 ways to choose half of them.</summary>
    public const int DefaultBlocks = 16;

    private const int MaxBlocks = 20;

    /// <summary>Combinatorially symmetric cross-validation: time is cut into blocks; for each choice of half of them, the trial with the
    /// best Sharpe ratio there is ranked among all by its ratio on the other half.</summary>
    /// <param name="trials">Returns of each trial, over the same periods; those thrown away included.</param>
    /// <param name="blocks">Even, 4 to 20. Periods that do not fill a block are left out, the oldest ones.</param>
    /// <returns>Null of fewer than two trials, or of fewer periods than blocks.</returns>
    public static OverfittingReport? CrossValidate(IReadOnlyList<double[]> trials, int blocks = DefaultBlocks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks, MaxBlocks);
        ArgumentOutOfRangeException.ThrowIfNotEqual(blocks % 2, 0, nameof(blocks));
        RequireSamePeriods(trials);
        if (trials.Count < 2 || trials[0].Length < blocks)
        {
            return null;
        }

        return OverfittingReport.Of(Splits([.. trials.Select(returns => new TrialBlocks(returns, blocks))], blocks));
    }

    /// <summary>Deflates the best trial's Sharpe ratio by their number and the variance of their ratios.</summary>
    /// <returns>Null where no trial has a ratio. A trial without one counts as a trial, but not in the variance.</returns>
    public static DeflatedSharpe? Deflate(IReadOnlyList<double[]> trials, double riskFree = 0)
    {
        RequireSamePeriods(trials);
        var ratios = new List<double>();
        var best = -1;
        for (var i = 0; i < trials.Count; i++)
        {
            if (RiskAdjustedStatistics.PeriodSharpe(trials[i], riskFree) is not { } ratio)
            {
                continue;
            }

            best = ratios.Count == 0 || ratio > ratios.Max() ? i : best;
            ratios.Add(ratio);
        }

        return best < 0 ? null : Deflate(trials, riskFree, best, [.. ratios]);
    }

    private static DeflatedSharpe Deflate(IReadOnlyList<double[]> trials, double riskFree, int best, double[] ratios)
    {
        var variance = ratios.Length < 2 ? 0 : ArrayStatistics.Variance(ratios);
        var expected = SharpeSignificance.ExpectedMaximum(trials.Count, variance);
        var probability = SharpeSignificance.Probabilistic(trials[best], riskFree, expected);
        return new DeflatedSharpe(best, ratios.Max(), expected, probability);
    }

    private static IEnumerable<OverfittingSplit> Splits(TrialBlocks[] trials, int blocks)
    {
        var all = (1u << blocks) - 1;
        var outOfSample = new double[trials.Length];
        for (var chosen = 0u; chosen <= all; chosen++)
        {
            if (uint.PopCount(chosen) != blocks / 2)
            {
                continue;
            }

            var (best, inSample) = Best(trials, chosen);
            for (var i = 0; i < trials.Length; i++)
            {
                outOfSample[i] = trials[i].Sharpe(all & ~chosen);
            }

            yield return new OverfittingSplit(inSample, outOfSample[best], Rank(outOfSample, best) / (trials.Length + 1));
        }
    }

    private static (int Trial, double Ratio) Best(TrialBlocks[] trials, uint chosen)
    {
        var best = (Trial: 0, Ratio: trials[0].Sharpe(chosen));
        for (var i = 1; i < trials.Length; i++)
        {
            var ratio = trials[i].Sharpe(chosen);
            best = ratio > best.Ratio ? (i, ratio) : best;
        }

        return best;
    }

    // From 1, the worst; equals share the mean of their ranks.
    private static double Rank(double[] ratios, int of)
    {
        var below = 0;
        var equal = 0;
        foreach (var ratio in ratios)
        {
            below += ratio < ratios[of] ? 1 : 0;
            equal += ratio == ratios[of] ? 1 : 0;
        }

        return below + ((equal + 1) / 2.0);
    }

    private static void RequireSamePeriods(IReadOnlyList<double[]> trials)
    {
        if (trials.Any(returns => returns.Length != trials[0].Length))
        {
            throw new ArgumentException("trials must have returns over the same periods", nameof(trials));
        }
    }
}
