using AITrader.Trading.Risk;

namespace AITrader.Trading.Sizing;

/// <summary>What sizing a position came to: whole lots, or nothing with a reason.</summary>
public abstract record PositionSize
{
    private PositionSize() { }

    /// <summary>Quantity without a sign; zero where there is nothing.</summary>
    public abstract decimal Quantity { get; }

    /// <summary>Whole lots that the cash pays for.</summary>
    /// <param name="Amount">Their quantity; positive.</param>
    public sealed record Lots(decimal Amount) : PositionSize
    {
        /// <inheritdoc/>
        public override decimal Quantity => Amount;
    }

    /// <summary>No position.</summary>
    /// <param name="Reason">One of <see cref="SizeCodes"/> with the figures it rests on.</param>
    public sealed record None(Denial Reason) : PositionSize
    {
        /// <inheritdoc/>
        public override decimal Quantity => 0m;
    }
}
