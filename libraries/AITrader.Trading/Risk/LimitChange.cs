namespace AITrader.Trading.Risk;

/// <summary>Says of a proposed limit that it is meant.</summary>
/// <param name="By">Who says so.</param>
/// <param name="Proposed">What was proposed: a confirmation of something else confirms nothing.</param>
public sealed record LimitConfirmation(string By, RiskLimits Proposed);

/// <summary>What becomes of a proposed change of limits.</summary>
public abstract record LimitChange
{
    private LimitChange() { }

    /// <summary>Nothing would change.</summary>
    public sealed record Unchanged : LimitChange;

    /// <summary>It holds from now on.</summary>
    /// <param name="Limits">The new limits.</param>
    public sealed record Applied(RiskLimits Limits) : LimitChange;

    /// <summary>It raises something and has to be confirmed first.</summary>
    /// <param name="Raised">Names of what it raises.</param>
    public sealed record NeedsConfirmation(IReadOnlyList<string> Raised) : LimitChange;

    /// <summary>Decides. What only lowers limits holds at once; what raises any needs a second confirmation of the same proposal.</summary>
    public static LimitChange Decide(RiskLimits current, RiskLimits proposed, LimitConfirmation? confirmation)
    {
        if (current == proposed)
        {
            return new Unchanged();
        }

        List<string> raised = [.. RaisedBy(current, proposed)];
        return raised.Count == 0 || confirmation?.Proposed == proposed ? new Applied(proposed) : new NeedsConfirmation(raised);
    }

    private static IEnumerable<string> RaisedBy(RiskLimits current, RiskLimits proposed)
    {
        if (proposed.MaxQuoteAge > current.MaxQuoteAge)
        {
            yield return nameof(RiskLimits.MaxQuoteAge);
        }

        if (proposed.MaxOrderNotional > current.MaxOrderNotional)
        {
            yield return nameof(RiskLimits.MaxOrderNotional);
        }

        if (proposed.MarketBufferBps < current.MarketBufferBps)
        {
            yield return nameof(RiskLimits.MarketBufferBps);
        }

        foreach (var kind in current.Bounds.LoosenedBy(proposed.Bounds))
        {
            yield return LimitSet.Name(kind);
        }
    }
}
