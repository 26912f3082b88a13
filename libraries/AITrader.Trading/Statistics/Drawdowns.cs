namespace AITrader.Trading.Statistics;

/// <summary>The drawdowns of an equity curve, every point of it and not only the ends of days.</summary>
public sealed record Drawdowns
{
    private Drawdowns(List<Drawdown> all) => All = all;

    /// <summary>In the order of their peaks; the last one may be without recovery.</summary>
    public IReadOnlyList<Drawdown> All { get; }

    /// <summary>The deepest one as a fraction, the first of equals; null where equity never fell.</summary>
    public Drawdown? Deepest => All.MinBy(static drawdown => drawdown.Depth);

    /// <summary>The longest one, the first of equals; null where equity never fell.</summary>
    public Drawdown? Longest => All.MaxBy(static drawdown => drawdown.Length);

    /// <summary>Depth of the deepest one as a fraction: negative, or zero where equity never fell.</summary>
    public decimal MaxDepth => Deepest?.Depth ?? 0m;

    /// <summary>Finds them.</summary>
    /// <param name="initialEquity">The first peak, as of the first point; positive.</param>
    /// <param name="curve">Points in the order of time.</param>
    public static Drawdowns Of(decimal initialEquity, IReadOnlyList<EquityPoint> curve)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialEquity);
        var all = new List<Drawdown>();
        var peak = new EquityPoint(curve.Count == 0 ? default : curve[0].Time, initialEquity);
        Drawdown? open = null;
        foreach (var point in curve)
        {
            if (point.Equity >= peak.Equity)
            {
                Close(all, open, point.Time);
                open = null;
                peak = point;
                continue;
            }

            open = open is null ? new Drawdown(peak.Time, peak.Equity, point.Time, point.Equity, null, point.Time) : Deepen(open, point);
        }

        Close(all, open, recovery: null);
        return new Drawdowns(all);
    }

    private static Drawdown Deepen(Drawdown open, EquityPoint point) =>
        point.Equity < open.TroughEquity
            ? open with
            {
                TroughTime = point.Time,
                TroughEquity = point.Equity,
                EndTime = point.Time,
            }
            : open with
            {
                EndTime = point.Time,
            };

    private static void Close(List<Drawdown> all, Drawdown? open, DateTimeOffset? recovery)
    {
        if (open is not null)
        {
            all.Add(open with { RecoveryTime = recovery, EndTime = recovery ?? open.EndTime });
        }
    }
}
