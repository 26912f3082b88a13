namespace AITrader.Trading.Sizing;

/// <summary>The part of the equity whose logarithm grows fastest, taken in part and capped: the whole of it is right only for those who
/// know the chances.</summary>
/// <remarks>Source: J. Kelly, A New Interpretation of Information Rate, 1956; for returns E. Thorp, The Kelly Criterion in Blackjack,
/// Sports Betting and the Stock Market, 2006.</remarks>
public static class Kelly
{
    private const double DefaultFraction = 0.5;

    /// <summary>f = w - (1 - w) / payoff.</summary>
    /// <param name="winRate">Trades won of all trades, 0 to 1.</param>
    /// <param name="payoff">Average win over average loss, without signs.</param>
    /// <returns>Null where a number is missing or makes no sense.</returns>
    public static double? OfTrades(double? winRate, double? payoff) =>
        winRate is >= 0 and <= 1 and var rate && payoff is > 0 and var ratio ? Finite(rate - ((1 - rate) / ratio)) : null;

    /// <summary>f = mean / variance of the returns beyond the risk-free rate, of any one length of period.</summary>
    /// <returns>Null where a number is missing or the returns do not vary.</returns>
    public static double? OfReturns(double? mean, double? variance) =>
        mean is { } average && variance is > 0 and var spread ? Finite(average / spread) : null;

    /// <summary>part = min(cap, fraction * f); floor(part * equity / price) to lots; nothing where f is not above 0.</summary>
    /// <param name="input">Account and instrument.</param>
    /// <param name="kelly">f; null where it is not known.</param>
    /// <param name="cap">Largest part of the equity, above 0 and up to 1.</param>
    /// <param name="fraction">Part of f that is bet, above 0 and up to 1; a half.</param>
    public static PositionSize Of(SizingInput input, double? kelly, decimal cap, double fraction = DefaultFraction)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Refusal is { } refusal)
        {
            return refusal;
        }

        if (kelly is not { } f || !double.IsFinite(f) || fraction is not (> 0 and <= 1) || cap is not (> 0m and <= 1m))
        {
            return SizingInput.Nothing(SizeCodes.InputInvalid, ("kelly", kelly), ("fraction", fraction), ("cap", cap));
        }

        return SizingInput.Positive(Math.Min((double)cap, fraction * f), 1) is { } part
            ? input.Part(Math.Min(cap, part))
            : SizingInput.Nothing(SizeCodes.NoEdge, ("kelly", f));
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
