using AITrader.Domain.Instruments;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Sizing;

/// <summary>What every method sizes from.</summary>
public sealed record SizingInput
{
    private const decimal BpsPerUnit = 10_000m;
    private const decimal SmallestPrice = 0.00000001m;

    /// <summary>Instrument.</summary>
    public required Instrument Terms { get; init; }

    /// <summary>Price of a unit; null where none is known.</summary>
    public required decimal? Price { get; init; }

    /// <summary>Equity that parts are taken of.</summary>
    public required decimal Equity { get; init; }

    /// <summary>Cash that pays for the position, fee included; a short one is covered in full as well.</summary>
    public required decimal Cash { get; init; }

    /// <summary>How far above the price the cash has to reach, in basis points: what the pre-trade checks reserve for a market order.
    /// 0.</summary>
    public decimal BufferBps { get; init; }

    /// <summary>What stands against any size; null where nothing does.</summary>
    internal PositionSize? Refusal =>
        Price is not >= SmallestPrice ? Nothing(SizeCodes.NoPrice, ("price", Price))
        : Equity <= 0m ? Nothing(SizeCodes.NoEquity, ("equity", Equity))
        : Cash <= 0m ? Nothing(SizeCodes.NoCash, ("cash", Cash))
        : BufferBps < 0m ? Nothing(SizeCodes.InputInvalid, ("buffer_bps", BufferBps))
        : null;

    /// <summary>Whole lots of a part of a size, such as that of <see cref="ExposureOutcome.Scale"/>.</summary>
    /// <param name="size">What a method came to.</param>
    /// <param name="part">Part of it, 0 to 1.</param>
    public PositionSize Scaled(PositionSize size, double part)
    {
        ArgumentNullException.ThrowIfNull(size);
        return size is PositionSize.None ? size
            : part is not (> 0 and <= 1) ? Nothing(SizeCodes.InputInvalid, ("part", part))
            : Refusal ?? Divided(size.Quantity * (decimal)part, 1m);
    }

    /// <summary>Whole lots of a part of the equity.</summary>
    internal PositionSize Part(decimal part) => Divided(part * Equity, Price!.Value);

    /// <summary>Whole lots of an amount at so much a unit, as far as the cash pays for them.</summary>
    /// <param name="amount">Amount that is spent or risked.</param>
    /// <param name="unit">What one unit takes of it; positive.</param>
    internal PositionSize Divided(decimal amount, decimal unit)
    {
        var most = Affordable();

        // Compared first: the quotient of a tiny unit may be more than a decimal holds.
        var quantity = Terms.FloorToLot(unit < 1m && most * unit <= amount ? most : Math.Min(most, amount / unit));
        return quantity <= 0m || quantity < Terms.MinQuantity || quantity * Price < Terms.MinNotional
            ? Nothing(SizeCodes.BelowSmallest, ("amount", amount), ("unit", unit), ("cash", Cash), ("lot", Terms.LotSize))
            : new PositionSize.Lots(quantity);
    }

    internal static PositionSize Nothing(string code, params ReadOnlySpan<(string Key, object? Value)> context) =>
        new PositionSize.None(Denial.Of(code, context));

    /// <summary>A number as a decimal where it lies above zero and up to a bound; null else.</summary>
    internal static decimal? Positive(double? value, double most) =>
        value is > 0 and var number && number <= most && (decimal)number is > 0m and var exact ? exact : null;

    private decimal Affordable()
    {
        var worst = Price!.Value * (1m + (BufferBps / BpsPerUnit));
        var most = Terms.FloorToLot(Cash / Terms.WithFee(worst));

        // A quotient may be rounded up in its last digit.
        var paid = Exposure.Required(Terms, most, worst) > Cash ? most - Terms.LotSize : most;
        return Math.Min(paid, Math.Min(Terms.MaxQuantity ?? paid, Terms.FreezeQuantity ?? paid));
    }
}
