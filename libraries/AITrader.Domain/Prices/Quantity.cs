namespace AITrader.Domain.Prices;

/// <summary>A traded or quoted quantity held as a whole number of 1e-8 units: up to 92 billion units.</summary>
public readonly record struct Quantity
{
    /// <summary>Raw units in one unit of quantity.</summary>
    public const long Scale = 100_000_000;

    /// <summary>Decimals that a quantity holds.</summary>
    public const int Decimals = 8;

    private Quantity(long raw) => Raw = raw;

    /// <summary>The exact value, in units of 1e-8.</summary>
    public long Raw { get; }

    /// <summary>Wraps a raw value that is already in units of 1e-8.</summary>
    public static Quantity FromRaw(long raw) => new(raw);

    /// <summary>Converts a decimal, refusing any value that the scale cannot hold exactly.</summary>
    public static bool TryCreate(decimal value, out Quantity quantity)
    {
        var fits = FixedPoint.TryScale(value, Decimals, out var raw);
        quantity = new Quantity(raw);
        return fits;
    }

    /// <summary>Converts a decimal that is known to fit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has more than eight decimals, or is too large.</exception>
    public static Quantity Of(decimal value) =>
        TryCreate(value, out var quantity)
            ? quantity
            : throw new ArgumentOutOfRangeException(nameof(value), value, "has more decimals or digits than a quantity holds");

    /// <inheritdoc cref="Of(decimal)"/>
    public static Quantity? Of(decimal? value) => value is { } known ? Of(known) : null;

    /// <summary>Every quantity is a decimal.</summary>
    public static implicit operator decimal(Quantity quantity) => quantity.ToDecimal();

    /// <summary>Parses unsigned decimal text such as <c>0.006</c> or <c>6e-3</c>.</summary>
    public static FixedPointProblem TryParse(ReadOnlySpan<byte> text, out Quantity quantity)
    {
        var problem = FixedPoint.TryParseNumber<long>(text, Decimals, out var raw);
        quantity = new Quantity(raw);
        return problem;
    }

    /// <summary>The nearest double.</summary>
    public double ToDouble() => FixedPoint.IsExactAsDouble(Raw) ? Raw / (double)Scale : FixedPoint.ToDouble(Raw, Decimals);

    /// <summary>The exact decimal, without trailing zeros.</summary>
    public decimal ToDecimal() => FixedPoint.ToDecimal(Raw, Decimals);

    /// <inheritdoc/>
    public override string ToString() => FixedPoint.ToText(Raw, Decimals);
}
