using AITrader.Trading.Risk;

namespace AITrader.Trading.Sizing;

/// <summary>How much of a new position fits beside what is held.</summary>
public abstract record ExposureOutcome
{
    private ExposureOutcome() { }

    /// <summary>Part of the position that may be opened: 1 is all, 0 none.</summary>
    public abstract double Scale { get; }

    /// <summary>All of it or a part.</summary>
    /// <param name="Part">The part, above 0 and up to 1.</param>
    /// <param name="Before">Annual volatility of what is held.</param>
    /// <param name="After">Annual volatility with that part.</param>
    /// <param name="Correlation">Correlation of the position's returns with those of what is held, signs of both included; null where one
    /// of them does not vary.</param>
    public sealed record Fits(double Part, double Before, double After, double? Correlation) : ExposureOutcome
    {
        /// <inheritdoc/>
        public override double Scale => Part;
    }

    /// <summary>None of it.</summary>
    /// <param name="Reason">One of <see cref="SizeCodes"/> with the figures it rests on.</param>
    public sealed record Refused(Denial Reason) : ExposureOutcome
    {
        /// <inheritdoc/>
        public override double Scale => 0;
    }
}
