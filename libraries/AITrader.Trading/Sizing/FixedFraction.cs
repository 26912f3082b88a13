namespace AITrader.Trading.Sizing;

/// <summary>The same part of the equity each time.</summary>
public static class FixedFraction
{
    /// <summary>floor(part * equity / price) to lots.</summary>
    /// <param name="input">Account and instrument.</param>
    /// <param name="part">Part of the equity, above 0 and up to 1.</param>
    public static PositionSize Of(SizingInput input, decimal part)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Refusal ?? (part is > 0m and <= 1m ? input.Part(part) : SizingInput.Nothing(SizeCodes.InputInvalid, ("part", part)));
    }
}
