namespace AITrader.Backtesting.Search;

/// <summary>Every combination of the values of some axes. A point is one value index an axis.</summary>
public sealed class ParameterSpace
{
    private const long MaxPoints = 100_000_000;

    /// <summary>The space of these axes.</summary>
    /// <exception cref="ArgumentException">An axis is there twice, or there are too many combinations.</exception>
    public ParameterSpace(IReadOnlyList<ParameterAxis> axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        Axes = axes;
        foreach (var axis in axes)
        {
            Count *= axis.Values.Count;
            if (Count > MaxPoints)
            {
                throw new ArgumentException($"more than {MaxPoints:N0} combinations", nameof(axes));
            }
        }

        if (
            axes.GroupBy(static axis => axis.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(static same => same.Count() > 1) is
            { } twice
        )
        {
            throw new ArgumentException($"{twice.Key} is given twice", nameof(axes));
        }
    }

    /// <summary>The axes.</summary>
    public IReadOnlyList<ParameterAxis> Axes { get; }

    /// <summary>Number of combinations.</summary>
    public long Count { get; } = 1;

    /// <summary>The point of a number from 0 to <see cref="Count"/>, the last axis turning fastest.</summary>
    internal int[] PointAt(long number)
    {
        var point = new int[Axes.Count];
        for (var i = Axes.Count - 1; i >= 0; i--)
        {
            (number, var index) = Math.DivRem(number, Axes[i].Values.Count);
            point[i] = (int)index;
        }

        return point;
    }

    /// <summary>The number of a point.</summary>
    internal long NumberOf(int[] point)
    {
        var number = 0L;
        for (var i = 0; i < point.Length; i++)
        {
            number = (number * Axes[i].Values.Count) + point[i];
        }

        return number;
    }

    /// <summary>Values by option of a point.</summary>
    internal IReadOnlyList<(string Name, string Value)> OptionsAt(int[] point) =>
        [.. Axes.Select((axis, i) => (axis.Name, axis.Values[point[i]]))];
}
