namespace AITrader.Trading.Sizing;

/// <summary>The part of the equity with which the position varies as much as is wanted.</summary>
/// <remarks>Source: A. Moreira and T. Muir, Volatility-Managed Portfolios, 2017, without the scaling by the variance's mean.</remarks>
public static class VolatilityTarget
{
    /// <summary>part = min(cap, target / realised); floor(part * equity / price) to lots.</summary>
    /// <param name="input">Account and instrument.</param>
    /// <param name="target">Wanted annual volatility; 0.1 is 10 %.</param>
    /// <param name="realised">Annual volatility of the symbol's returns, such as
    /// <see cref="Statistics.GrowthStatistics.AnnualVolatility"/>; null where it is not known.</param>
    /// <param name="cap">Largest part of the equity, above 0 and up to 1.</param>
    public static PositionSize Of(SizingInput input, double target, double? realised, decimal cap = 1m)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Refusal is { } refusal)
        {
            return refusal;
        }

        var isSound = double.IsFinite(target) && target > 0 && realised is > 0 and < double.PositiveInfinity && cap is > 0m and <= 1m;
        return isSound && SizingInput.Positive(Math.Min((double)cap, target / realised!.Value), 1) is { } part
            ? input.Part(Math.Min(cap, part))
            : SizingInput.Nothing(SizeCodes.InputInvalid, ("target", target), ("realised", realised), ("cap", cap));
    }
}
