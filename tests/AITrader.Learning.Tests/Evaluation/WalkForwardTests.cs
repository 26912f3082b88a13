using AITrader.Learning.Evaluation;

namespace AITrader.Learning.Tests.Evaluation;

public sealed class WalkForwardTests
{
    private const int Examples = 60;

    public static TheoryData<TrainingWindow, int, int, int, int, int> Plans { get; } =
    [
        .. from window in new[] { TrainingWindow.Expanding, TrainingWindow.Rolling }
        from first in new[] { 1, 10 }
        from test in new[] { 1, 7 }
        from step in new[] { 1, 7, 20 }
        from embargo in new[] { 0, 1, 5 }
        from horizon in new[] { 1, 2, 8 }
        select new TheoryDataRow<TrainingWindow, int, int, int, int, int>(window, first, test, step, embargo, horizon),
    ];

    [Theory]
    [MemberData(nameof(Plans))]
    public void Nothing_that_is_tested_could_be_learnt(TrainingWindow window, int first, int test, int step, int embargo, int horizon)
    {
        var splits = Split(window, first, test, step, embargo, horizon);

        Assert.All(splits, split =>
        {
            for (var example = split.Training.Start; example < split.Training.End; example++)
            {
                Assert.False(split.Test.Contains(example));
                for (var label = example; label < example + horizon; label++)
                {
                    Assert.False(split.Test.Contains(label), $"the label of {example} is in the test window {split.Test}");
                    Assert.False(split.Embargo.Contains(label), $"the label of {example} is in the embargo {split.Embargo}");
                    Assert.True(label < split.Test.Start);
                }
            }
        });
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Windows_are_as_long_and_as_far_apart_as_asked_for(
        TrainingWindow window,
        int first,
        int test,
        int step,
        int embargo,
        int horizon
    )
    {
        var splits = Split(window, first, test, step, embargo, horizon);

        Assert.Equal(first, splits[0].Training.Length);
        Assert.Equal(0, splits[0].Training.Start);
        Assert.All(splits, split =>
        {
            Assert.Equal(split.Test.Start - embargo - horizon + 1, split.Training.End);
            Assert.Equal(window == TrainingWindow.Rolling ? split.Training.End - first : 0, split.Training.Start);
            Assert.Equal(new IndexSpan(split.Test.Start - embargo, split.Test.Start), split.Embargo);
            Assert.Equal(test, split.Test.Length);
            Assert.InRange(split.Test.End, 1, Examples);
        });
        Assert.All(splits.Zip(splits.Skip(1)), pair => Assert.Equal(step, pair.Second.Test.Start - pair.First.Test.Start));
        Assert.True(splits[^1].Test.End + step > Examples, "another window would have fitted");
    }

    [Fact]
    public void Labels_reach_the_last_step_before_the_embargo()
    {
        // Training 0 to 9; the label of 9 covers 9 to 11; embargo 12 and 13; test from 14.
        var split = WalkForward.Split(18, new WalkForwardSettings(10, 4, 4) { Horizon = 3, Embargo = 2 });

        Assert.Equal(new WalkForwardSplit(new(0, 10), new(12, 14), new(14, 18)), Assert.Single(split));
    }

    [Fact]
    public void Steps_as_long_as_a_test_window_test_every_later_example_once()
    {
        var splits = WalkForward.Split(22, new WalkForwardSettings(10, 4, 4));

        Assert.Equal([10, 14, 18], splits.Select(static split => split.Test.Start));
        Assert.Equal([10, 14, 18], splits.Select(static split => split.Training.Length));
    }

    [Fact]
    public void Splits_beyond_the_most_are_left_out()
    {
        var settings = new WalkForwardSettings(10, 4, 4) { Window = TrainingWindow.Rolling };

        Assert.Equal(WalkForward.Split(Examples, settings).Take(2), WalkForward.Split(Examples, settings with { MaxSplits = 2 }));
        Assert.Equal(12, WalkForward.Split(Examples, settings with { MaxSplits = 99 }).Count);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Too_few_examples_are_refused_with_how_many_it_takes(
        TrainingWindow window,
        int first,
        int test,
        int step,
        int embargo,
        int horizon
    )
    {
        var settings = Settings(window, first, test, step, embargo, horizon);
        var needed = first + embargo + horizon - 1 + test;

        Assert.Equal(needed, settings.ShortestSeries);
        Assert.Single(WalkForward.Split(needed, settings with { Step = int.MaxValue }));
        var refusal = Assert.Throws<ArgumentException>(() => WalkForward.Split(needed - 1, settings));
        Assert.Equal("examples", refusal.ParamName);
        Assert.Contains($"{needed - 1} examples are too few: one split takes {needed},", refusal.Message);
    }

    [Fact]
    public void Lengths_beyond_an_int_do_not_wrap_around()
    {
        var settings = new WalkForwardSettings(int.MaxValue, int.MaxValue, 1) { Embargo = int.MaxValue, Horizon = int.MaxValue };

        Assert.Throws<ArgumentException>(() => WalkForward.Split(int.MaxValue, settings));
        Assert.Single(WalkForward.Split(int.MaxValue, new WalkForwardSettings(int.MaxValue - 1, 1, int.MaxValue)));
    }

    [Theory]
    [InlineData(0, 1, 1, 0, 1, null)]
    [InlineData(1, 0, 1, 0, 1, null)]
    [InlineData(1, 1, 0, 0, 1, null)]
    [InlineData(1, 1, 1, -1, 1, null)]
    [InlineData(1, 1, 1, 0, 0, null)]
    [InlineData(1, 1, 1, 0, 1, 0)]
    public void Settings_out_of_range_are_refused(int first, int test, int step, int embargo, int horizon, int? most)
    {
        var settings = new WalkForwardSettings(first, test, step)
        {
            Embargo = embargo,
            Horizon = horizon,
            MaxSplits = most,
        };

        Assert.Throws<ArgumentOutOfRangeException>(() => WalkForward.Split(Examples, settings));
    }

    [Fact]
    public void Span_cuts_an_array()
    {
        int[] values = [0, 1, 2, 3, 4];

        Assert.Equal([1, 2], values[new IndexSpan(1, 3).ToRange()]);
        Assert.Empty(values[new IndexSpan(2, 2).ToRange()]);
    }

    private static IReadOnlyList<WalkForwardSplit> Split(TrainingWindow window, int first, int test, int step, int embargo, int horizon)
    {
        var splits = WalkForward.Split(Examples, Settings(window, first, test, step, embargo, horizon));
        Assert.NotEmpty(splits);
        return splits;
    }

    private static WalkForwardSettings Settings(TrainingWindow window, int first, int test, int step, int embargo, int horizon) =>
        new(first, test, step)
        {
            Window = window,
            Embargo = embargo,
            Horizon = horizon,
        };
}
