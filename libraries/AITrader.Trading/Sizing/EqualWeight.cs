namespace AITrader.Trading.Sizing;

/// <summary>The same part of the equity in each of several symbols.</summary>
public static class EqualWeight
{
    /// <summary>floor(total / symbols * equity / price) to lots.</summary>
    /// <param name="input">Account and instrument.</param>
    /// <param name="symbols">Symbols that share; at least one.</param>
    /// <param name="total">Part of the equity that all of them take, above 0 and up to 1.</param>
    public static PositionSize Of(SizingInput input, int symbols, decimal total = 1m)
    {
        ArgumentNullException.ThrowIfNull(input);
        return symbols > 0 ? FixedFraction.Of(input, total / symbols) : SizingInput.Nothing(SizeCodes.InputInvalid, ("symbols", symbols));
    }
}
