using AITrader.Learning.Evaluation;

namespace AITrader.Learning.Tests.Evaluation;

public sealed class ModelVerdictTests
{
    [Fact]
    public void A_model_that_is_better_at_nearly_every_time_goes_live_and_says_by_how_much()
    {
        var baseline = Errors(seed: 1, size: 1);
        var verdict = ModelVerdict.Of(Array.ConvertAll(baseline, static error => error * 0.8), baseline);
        Assert.True(verdict.GoesLive);
        Assert.Equal(0.36, verdict.Improvement!.Value, 9);
        Assert.StartsWith("it saves 36.0", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_worse_or_better_by_chance_does_not()
    {
        var baseline = Errors(seed: 1, size: 1);
        var worse = ModelVerdict.Of(Array.ConvertAll(baseline, static error => error * 1.1), baseline);
        Assert.Equal((false, -0.21), (worse.GoesLive, Math.Round(worse.Improvement!.Value, 9)));
        Assert.StartsWith("it does not beat the baseline", worse.Reason, StringComparison.Ordinal);

        // Of a hundred models that know nothing about as many as the significance says pass, and not one that is worse on the whole.
        var passed = Enumerable
            .Range(10, 100)
            .Select(seed => ModelVerdict.Of(Errors(seed, 1), Errors(seed + 1_000, 1)))
            .Count(static verdict => verdict.GoesLive);
        Assert.InRange(passed, 0, 12);
    }

    [Fact]
    public void What_cannot_be_tested_does_not_go_live()
    {
        var same = ModelVerdict.Of([1, 2, 3], [1, 2, 3]);
        Assert.Equal((false, "nothing can be said of it: it forecast what the baseline did"), (same.GoesLive, same.Reason));
        Assert.False(ModelVerdict.Of([0.1], [5]).GoesLive);
        Assert.False(ModelVerdict.Of([1, 1, 1, 1], [2, 2, 2, 2]).GoesLive);
        var perfect = ModelVerdict.Of([1, -1, 2, 0.5], [0, 0, 0, 0]);
        Assert.Equal((false, null), (perfect.GoesLive, perfect.Improvement));
        Assert.Throws<ArgumentOutOfRangeException>(static () => ModelVerdict.Of([1], [1], significance: 1));
    }

    private static double[] Errors(int seed, double size)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 200).Select(_ => size * (random.NextDouble() + random.NextDouble() - 1))];
    }
}
