using AITrader.Domain.Ticks;

namespace AITrader.Domain.Prices;

/// <summary>A market price held as a whole number of nano-units of quote currency.</summary>
/// <remarks>May be negative where a market allows it; 0 stands for "not known" in a <see cref="PackedTick"/>.</remarks>
public readonly record struct Price : IComparable<Price>
{
    /// <summary>Nano-units in one unit of quote currency.</summary>
    public const long Scale = 1_000_000_000;

    /// <summary>Decimals that a price holds.</summary>
    public const int Decimals = 9;

    private Price(long nanos) => Nanos = nanos;

    /// <summary>The exact value, in nano-units.</summary>
    public long Nanos { get; }

    /// <summary>Wraps a raw value that is already in nano-units.</summary>
    public static Price FromNanos(long nanos) => new(nanos);

    /// <summary>Converts a decimal, refusing any value that nano-units cannot hold exactly.</summary>
    public static bool TryCreate(decimal value, out Price price)
    {
        var fits = FixedPoint.TryScale(value, Decimals, out var nanos);
        price = new Price(nanos);
        return fits;
    }

    /// <summary>Converts a decimal that is known to fit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has more than nine decimals, or is too large.</exception>
    public static Price Of(decimal value) =>
        TryCreate(value, out var price)
            ? price
            : throw new ArgumentOutOfRangeException(nameof(value), value, "has more decimals or digits than a price holds");

    /// <inheritdoc cref="Of(decimal)"/>
    public static Price? Of(decimal? value) => value is { } known ? Of(known) : null;

    /// <summary>Every price is a decimal.</summary>
    public static implicit operator decimal(Price price) => price.ToDecimal();

    /// <summary>Parses unsigned decimal text such as <c>61800.30</c> or <c>1.23e-05</c>.</summary>
    public static FixedPointProblem TryParse(ReadOnlySpan<byte> text, out Price price)
    {
        var problem = FixedPoint.TryParseNumber<long>(text, Decimals, out var nanos);
        price = new Price(nanos);
        return problem;
    }

    /// <summary>Half way between two prices; exact for prices of up to eight decimals.</summary>
    public static Price Mid(Price bid, Price ask) => new(bid.Nanos + ((ask.Nanos - bid.Nanos) / 2));

    /// <summary>The nearest double.</summary>
    public double ToDouble() => FixedPoint.IsExactAsDouble(Nanos) ? Nanos / (double)Scale : FixedPoint.ToDouble(Nanos, Decimals);

    /// <summary>The exact decimal, without trailing zeros.</summary>
    public decimal ToDecimal() => FixedPoint.ToDecimal(Nanos, Decimals);

    /// <inheritdoc/>
    public int CompareTo(Price other) => Nanos.CompareTo(other.Nanos);

    /// <inheritdoc/>
    public override string ToString() => FixedPoint.ToText(Nanos, Decimals);

    /// <summary>Orders prices.</summary>
    public static bool operator <(Price left, Price right) => left.Nanos < right.Nanos;

    /// <summary>Orders prices.</summary>
    public static bool operator >(Price left, Price right) => left.Nanos > right.Nanos;

    /// <summary>Orders prices.</summary>
    public static bool operator <=(Price left, Price right) => left.Nanos <= right.Nanos;

    /// <summary>Orders prices.</summary>
    public static bool operator >=(Price left, Price right) => left.Nanos >= right.Nanos;
}
