using System.Globalization;

namespace AITrader.Domain.Prices;

/// <summary>A sum of quantities, exact, as a whole number of 1e-8 units: up to 1.7e30 units, so that a year of the cheapest coin
/// fits.</summary>
public readonly record struct Volume : IComparable<Volume>
{
    private const int LongestNumber = 48;
    private const string Exponent = "E-8";
    private const long ExactAsDouble = 1L << 53;

    private Volume(Int128 raw) => Raw = raw;

    /// <summary>The exact value, in units of 1e-8.</summary>
    public Int128 Raw { get; }

    /// <summary>Wraps a raw value that is already in units of 1e-8.</summary>
    public static Volume FromRaw(Int128 raw) => new(raw);

    /// <summary>One quantity is a sum, too.</summary>
    public static implicit operator Volume(Quantity quantity) => new(quantity.Raw);

    /// <summary>As <c>(Volume)quantity</c>.</summary>
    public static Volume FromQuantity(Quantity quantity) => quantity;

    /// <summary>Adds.</summary>
    /// <exception cref="OverflowException">The sum passes 1.7e30 units.</exception>
    public static Volume operator +(Volume left, Volume right) => new(checked(left.Raw + right.Raw));

    /// <summary>As the operator.</summary>
    public static Volume Add(Volume left, Volume right) => left + right;

    /// <summary>Orders volumes.</summary>
    public static bool operator <(Volume left, Volume right) => left.Raw < right.Raw;

    /// <summary>Orders volumes.</summary>
    public static bool operator >(Volume left, Volume right) => left.Raw > right.Raw;

    /// <summary>Orders volumes.</summary>
    public static bool operator <=(Volume left, Volume right) => left.Raw <= right.Raw;

    /// <summary>Orders volumes.</summary>
    public static bool operator >=(Volume left, Volume right) => left.Raw >= right.Raw;

    /// <summary>Parses unsigned decimal text such as <c>14500000000000.5</c>.</summary>
    public static FixedPointProblem TryParse(ReadOnlySpan<byte> text, out Volume volume)
    {
        var problem = FixedPoint.TryParse(text, Quantity.Decimals, out var small);
        var raw = (Int128)small;
        if (problem is FixedPointProblem.OutOfRange or FixedPointProblem.NotANumber)
        {
            problem = FixedPoint.TryParseNumber(text, Quantity.Decimals, out raw);
        }

        volume = new Volume(raw);
        return problem;
    }

    /// <summary>The nearest double.</summary>
    public double ToDouble()
    {
        if (Int128.Abs(Raw) < ExactAsDouble)
        {
            return FixedPoint.ToDouble((long)Raw, Quantity.Decimals);
        }

        // A division would round twice; what a text says is rounded once.
        Span<char> text = stackalloc char[LongestNumber];
        Raw.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        Exponent.CopyTo(text[length..]);
        return double.Parse(text[..(length + Exponent.Length)], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>The exact decimal, without trailing zeros.</summary>
    /// <exception cref="OverflowException">It has more digits than a decimal, from 7.9e20 units on.</exception>
    public decimal ToDecimal()
    {
        var (value, decimals) = (Raw, Quantity.Decimals);
        while (decimals > 0 && value % 10 == 0)
        {
            value /= 10;
            decimals--;
        }

        return (decimal)value * new decimal(1, 0, 0, isNegative: false, (byte)decimals);
    }

    /// <inheritdoc/>
    public int CompareTo(Volume other) => Raw.CompareTo(other.Raw);

    /// <inheritdoc/>
    public override string ToString() => FixedPoint.ToText(Raw, Quantity.Decimals);
}
