namespace AITrader.Learning.Patterns;

/// <summary>Splits windows by the time of their last bar: to train, to choose, to judge; for every instrument at once.</summary>
/// <remarks>The class of a window is known with its last bar, so nothing reaches into a later part by its label; a window of a later part
/// that would hold bars of an earlier one is left out, so that no part has seen what another one is judged by.</remarks>
internal static class PatternSplit
{
    private static readonly string[] Names = ["train with", "choose by", "judge by"];

    /// <summary>Series and index of the last bar of each window, part by part.</summary>
    /// <exception cref="ArgumentException">A part has no window.</exception>
    public static IReadOnlyList<(int Series, int Bar)>[] Of(IReadOnlyList<LabelledBars> series, PatternRecipe recipe)
    {
        var times = series.SelectMany(static one => one.Times).Order().ToList();
        if (times.Count == 0)
        {
            throw new ArgumentException("There is no bar.", nameof(series));
        }

        DateTimeOffset[] starts = [DateTimeOffset.MinValue, At(1 - recipe.Validation - recipe.Test), At(1 - recipe.Test)];
        List<(int, int)>[] parts =
        [
            [],
            [],
            [],
        ];
        for (var number = 0; number < series.Count; number++)
        {
            for (var last = recipe.Bars - 1; last < series[number].Count; last++)
            {
                var part = PartOf(series[number].Times[last]);
                if (PartOf(series[number].Times[last - recipe.Bars + 1]) == part)
                {
                    parts[part].Add((number, last));
                }
            }
        }

        var empty = Array.FindIndex(parts, static part => part.Count == 0);
        return empty < 0
            ? parts
            : throw new ArgumentException($"There are too few bars: none are left to {Names[empty]} with windows of {recipe.Bars}.");

        DateTimeOffset At(double share) => times[Math.Min((int)(share * times.Count), times.Count - 1)];

        int PartOf(DateTimeOffset time) => Array.FindLastIndex(starts, start => time >= start);
    }
}
