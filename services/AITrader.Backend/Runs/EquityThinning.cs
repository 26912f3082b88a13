using AITrader.Storage.Rows;

namespace AITrader.Backend.Runs;

/// <summary>Cuts a curve to what a chart can show, without losing its lows and highs.</summary>
internal static class EquityThinning
{
    private const int PerStretch = 2;

    /// <summary>At most so many points: the first, the last, and of each stretch between them the lowest and the highest.</summary>
    public static IReadOnlyList<EquityRow> Of(IReadOnlyList<EquityRow> points, int most)
    {
        if (points.Count <= most)
        {
            return points;
        }

        var stretches = (most - PerStretch) / PerStretch;
        var kept = new List<EquityRow>(most) { points[0] };
        for (var i = 0; i < stretches; i++)
        {
            var (from, to) = (BoundaryOf(points.Count, stretches, i), BoundaryOf(points.Count, stretches, i + 1));
            kept.AddRange(ExtremesOf(points, from, to));
        }

        kept.Add(points[^1]);
        return kept;
    }

    // The first and the last point are kept anyway.
    private static int BoundaryOf(int count, int stretches, int index) => 1 + (int)((long)(count - PerStretch) * index / stretches);

    private static IEnumerable<EquityRow> ExtremesOf(IReadOnlyList<EquityRow> points, int from, int to)
    {
        if (from == to)
        {
            return [];
        }

        var (low, high) = (from, from);
        for (var i = from + 1; i < to; i++)
        {
            low = points[i].Equity < points[low].Equity ? i : low;
            high = points[i].Equity > points[high].Equity ? i : high;
        }

        return low == high ? [points[low]]
            : low < high ? [points[low], points[high]]
            : [points[high], points[low]];
    }
}
