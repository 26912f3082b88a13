namespace AITrader.Learning.Evaluation;

/// <summary>Examples from one index to before another.</summary>
/// <param name="Start">Index of the first.</param>
/// <param name="End">Index after the last.</param>
public readonly record struct IndexSpan(int Start, int End)
{
    /// <summary>Number of examples.</summary>
    public int Length => End - Start;

    /// <summary>Says whether an example is among them.</summary>
    public bool Contains(int index) => index >= Start && index < End;

    /// <summary>The same as the language's own range, to cut an array or a span with.</summary>
    public Range ToRange() => Start..End;
}

/// <summary>One split of examples by time.</summary>
/// <param name="Training">What a model may learn from.</param>
/// <param name="Embargo">The examples right before the test window, which nobody uses; empty without an embargo.</param>
/// <param name="Test">What it is judged on.</param>
public sealed record WalkForwardSplit(IndexSpan Training, IndexSpan Embargo, IndexSpan Test);

/// <summary>Cuts examples in order of time into training and test windows, again and again, so that no model is judged on what it could
/// have learnt.</summary>
/// <remarks>
/// An example has the index of the first step that its label covers, and sees only steps before that. A window that tests from c is trained
/// on examples before c - embargo - horizon + 1, whose labels end before the embargo begins. Who numbers an example by the last step that
/// it sees passes a horizon of one more. Sources: López de Prado, Advances in Financial Machine Learning (2018), chapter 7, for purging and
/// embargo; Tashman, Out-of-sample tests of forecasting accuracy (2000), for rolling origins.
/// </remarks>
public static class WalkForward
{
    /// <summary>Splits examples.</summary>
    /// <param name="examples">Number of examples, one a step, each with its whole label: n steps of a series have n - horizon + 1.</param>
    /// <param name="settings">How to cut.</param>
    /// <returns>At least one split, in order of time. Test windows are whole: examples after the last that fits are not used.</returns>
    /// <exception cref="ArgumentException">There are too few examples for one split; the message says how many it takes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public static IReadOnlyList<WalkForwardSplit> Split(int examples, WalkForwardSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Require();
        if (examples < settings.ShortestSeries)
        {
            throw new ArgumentException(
                $"{examples} examples are too few: one split takes {settings.ShortestSeries}, {settings.FirstTraining} to train on, "
                    + $"{settings.Gap} between (embargo {settings.Embargo}, horizon {settings.Horizon}), {settings.TestLength} to test on",
                nameof(examples)
            );
        }

        var splits = new List<WalkForwardSplit>();
        var most = settings.MaxSplits ?? int.MaxValue;
        for (var test = settings.FirstTraining + settings.Gap; Fits(test) && splits.Count < most; test += settings.Step)
        {
            splits.Add(At((int)test, settings));
        }

        return splits;

        bool Fits(long test) => test + settings.TestLength <= examples;
    }

    private static WalkForwardSplit At(int test, WalkForwardSettings settings)
    {
        var end = test - (int)settings.Gap;
        var start = settings.Window == TrainingWindow.Rolling ? end - settings.FirstTraining : 0;
        return new WalkForwardSplit(new(start, end), new(test - settings.Embargo, test), new(test, test + settings.TestLength));
    }
}
