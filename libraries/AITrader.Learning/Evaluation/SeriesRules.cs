namespace AITrader.Learning.Evaluation;

/// <summary>What every series must be before anything is computed from it.</summary>
internal static class SeriesRules
{
    internal static void RequireFinite(ReadOnlySpan<double> values, string name)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("has no values", name);
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException($"value {i} is {values[i]}, not a finite number", name);
            }
        }
    }

    internal static void RequireAtLeast(ReadOnlySpan<double> values, int length, string reason, string name)
    {
        if (values.Length < length)
        {
            throw new ArgumentException($"has {values.Length} values, but {reason} needs at least {length}", name);
        }
    }

    internal static void RequirePair(ReadOnlySpan<double> first, string firstName, ReadOnlySpan<double> second, string secondName)
    {
        RequireFinite(first, firstName);
        RequireFinite(second, secondName);
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"has {second.Length} values, but {firstName} has {first.Length}", secondName);
        }
    }

    /// <summary>The value, or null where it is not a finite number.</summary>
    internal static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
