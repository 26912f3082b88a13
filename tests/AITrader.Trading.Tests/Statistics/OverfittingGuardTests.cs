using System.Numerics;
using AITrader.Trading.Statistics;

namespace AITrader.Trading.Tests.Statistics;

public sealed class OverfittingGuardTests
{
    [Fact]
    public void A_trial_with_skill_is_not_overfitted()
    {
        var random = new Random(1);
        var trials = Enumerable.Range(0, 20).Select(i => Samples.Noise(random, 512, i == 7 ? 0.004 : 0, 0.02)).ToList();
        var found = OverfittingGuard.CrossValidate(trials)!;
        Assert.Equal(12_870, found.Splits.Count);
        Assert.True(found.Probability < 0.01);
        Assert.True(found.ProbabilityOfLoss < 0.01);
        Assert.Equal(7, OverfittingGuard.Deflate(trials)!.Trial);
        Assert.True(OverfittingGuard.Deflate(trials)!.Probability > 0.95);
    }

    [Fact]
    public void The_best_of_noise_is_chosen_by_chance()
    {
        var probabilities = Enumerable
            .Range(0, 12)
            .Select(static seed =>
            {
                var random = new Random(seed);
                var trials = Enumerable.Range(0, 30).Select(_ => Samples.Noise(random, 400, 0, 0.02)).ToList();
                Assert.True(OverfittingGuard.Deflate(trials)!.Probability < 0.95);
                return OverfittingGuard.CrossValidate(trials, 8)!.Probability;
            })
            .ToList();
        Assert.InRange(probabilities.Average(), 0.35, 0.65);
    }

    // Each of the four trials wins in one block and loses a little everywhere else, so whichever is chosen has had its win.
    [Fact]
    public void Trials_that_won_once_each_are_overfitted_for_certain()
    {
        double[] Trial(int win) =>
            [.. Enumerable.Range(0, 16).Select(row => row / 4 == win ? 0.05 + (row * 0.0001) : -0.01 - (row * 0.0001))];

        var found = OverfittingGuard.CrossValidate([.. Enumerable.Range(0, 4).Select(Trial)], 4)!;
        Assert.Equal(6, found.Splits.Count);
        Assert.Equal(1, found.Probability);
        Assert.Equal(1, found.ProbabilityOfLoss);
    }

    [Theory]
    [InlineData(3, 40, 4, 1)]
    [InlineData(7, 61, 8, 2)]
    [InlineData(2, 30, 6, 3)]
    public void Agrees_with_a_count_by_hand(int count, int periods, int blocks, int seed)
    {
        var random = new Random(seed);
        var trials = Enumerable.Range(0, count).Select(i => Samples.Noise(random, periods, i * 0.0005, 0.02)).ToList();
        var expected = ByHand(trials, blocks);
        var found = OverfittingGuard.CrossValidate(trials, blocks)!;
        Assert.Equal(expected.Count, found.Splits.Count);
        Assert.All(expected.Zip(found.Splits), static pair =>
        {
            Assert.Equal(pair.First.InSample, pair.Second.InSample, 1e-9);
            Assert.Equal(pair.First.OutOfSample, pair.Second.OutOfSample, 1e-9);
            Assert.Equal(pair.First.RelativeRank, pair.Second.RelativeRank, 1e-12);
        });
        Assert.Equal(expected.Count(static split => split.Logit <= 1e-12) / (double)expected.Count, found.Probability, 1e-12);
    }

    [Fact]
    public void A_trial_that_never_traded_is_a_trial()
    {
        double[] losing = [.. Enumerable.Range(0, 32).Select(static row => -0.01 - (0.001 * (row % 3)))];
        var found = OverfittingGuard.CrossValidate([losing, new double[32]], 4)!;
        Assert.Equal(0, found.Probability); // doing nothing is best, in sample and out
        Assert.Equal(0, found.ProbabilityOfLoss);
        Assert.Null(found.Degradation);
        Assert.Equal(0, OverfittingGuard.Deflate([losing, new double[32]])!.Trial);
        Assert.Null(OverfittingGuard.Deflate([new double[32]]));
    }

    [Fact]
    public void Of_trials_that_are_the_same_the_chosen_one_is_no_better_than_the_median()
    {
        var returns = Samples.Noise(new Random(5), 32, 0.01, 0.02);
        var found = OverfittingGuard.CrossValidate([returns, returns], 4)!;
        Assert.Equal(1, found.Probability);
        Assert.All(found.Splits, static split => Assert.Equal(0, split.Logit));
    }

    [Fact]
    public void Says_nothing_of_one_trial_or_of_too_few_periods()
    {
        Assert.Null(OverfittingGuard.CrossValidate([new double[100]]));
        Assert.Null(OverfittingGuard.CrossValidate([]));
        Assert.Null(OverfittingGuard.CrossValidate([new double[15], new double[15]]));
    }

    [Fact]
    public void Refuses_an_odd_number_of_blocks_and_trials_of_other_lengths()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => OverfittingGuard.CrossValidate([new double[99], new double[99]], 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => OverfittingGuard.CrossValidate([new double[99], new double[99]], 22));
        Assert.Throws<ArgumentException>(() => OverfittingGuard.CrossValidate([new double[99], new double[98]]));
        Assert.Throws<ArgumentException>(() => OverfittingGuard.Deflate([new double[99], new double[98]]));
    }

    private static List<OverfittingSplit> ByHand(List<double[]> trials, int blocks)
    {
        var rows = trials[0].Length / blocks;
        var first = trials[0].Length - (rows * blocks);
        var splits = new List<OverfittingSplit>();
        foreach (var chosen in Enumerable.Range(0, 1 << blocks).Where(set => BitOperations.PopCount((uint)set) == blocks / 2))
        {
            double[] Ratios(bool inSample) =>
                [
                    .. trials.Select(trial =>
                        RiskAdjustedStatistics
                            .PeriodSharpe([.. trial.Skip(first).Where((_, row) => ((chosen >> (row / rows)) & 1) == (inSample ? 1 : 0))])!
                            .Value
                    ),
                ];
            var (inside, outside) = (Ratios(true), Ratios(false));
            var best = Array.IndexOf(inside, inside.Max());
            var rank = outside.Count(ratio => ratio <= outside[best]);
            splits.Add(new OverfittingSplit(inside[best], outside[best], rank / (trials.Count + 1.0)));
        }

        return splits;
    }
}
