namespace AITrader.Trading.Ledger.Fees;

/// <summary>One line of a fee.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Amount">Amount in the schedule's currency; rounded.</param>
public readonly record struct FeeLine(string Name, decimal Amount);

/// <summary>The fee of a fill by line; lines that are zero included.</summary>
/// <param name="Currency">Currency of all amounts.</param>
/// <param name="Lines">Lines in the order of the schedule.</param>
public sealed record FeeBreakdown(string Currency, IReadOnlyList<FeeLine> Lines)
{
    /// <summary>Sum of the lines.</summary>
    public decimal Total => Lines.Sum(static line => line.Amount);
}
