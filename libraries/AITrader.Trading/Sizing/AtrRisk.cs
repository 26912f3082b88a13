namespace AITrader.Trading.Sizing;

/// <summary>As much as loses a given part of the equity where the price goes against it by a multiple of the average true range: the
/// distance of its stop.</summary>
public static class AtrRisk
{
    private const double MaxAtr = 1e12;
    private const double DefaultMultiple = 2;

    /// <summary>floor(risk * equity / (atr * multiple)) to lots.</summary>
    /// <param name="input">Account and instrument.</param>
    /// <param name="atr">Average true range in quote currency; null or not a number where it is not known.</param>
    /// <param name="risk">Part of the equity that is risked, above 0 and up to 1.</param>
    /// <param name="multiple">Average true ranges to the stop; positive.</param>
    public static PositionSize Of(SizingInput input, double? atr, decimal risk, double multiple = DefaultMultiple)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Refusal is { } refusal)
        {
            return refusal;
        }

        var isSound = atr is > 0 && multiple > 0 && risk is > 0m and <= 1m;
        return isSound && SizingInput.Positive(atr * multiple, MaxAtr) is { } distance
            ? input.Divided(risk * input.Equity, distance)
            : SizingInput.Nothing(SizeCodes.InputInvalid, ("atr", atr), ("risk", risk), ("multiple", multiple));
    }
}
