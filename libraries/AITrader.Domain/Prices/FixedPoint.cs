using System.Buffers.Text;
using System.Globalization;
using System.Numerics;

namespace AITrader.Domain.Prices;

/// <summary>Why a text is not a fixed-point number.</summary>
public enum FixedPointProblem
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Empty, or holds something else than digits and one point.</summary>
    NotANumber,

    /// <summary>Has more decimals than the scale holds.</summary>
    TooPrecise,

    /// <summary>Does not fit 64 bits.</summary>
    OutOfRange,
}

/// <summary>Unsigned decimal text to scaled integers and back, without rounding anywhere.</summary>
public static class FixedPoint
{
    /// <summary>Integers below this are exact as double.</summary>
    private const long ExactAsDouble = 1L << 53;

    private const int MantissaDecimals = 18;
    private const int MaxExponent = 40;

    private static readonly long[] Tens = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>Parses digits with at most one point, such as <c>61800.30</c>; trailing zeros beyond the scale are no loss.</summary>
    public static FixedPointProblem TryParse(ReadOnlySpan<byte> text, int decimals, out long value) =>
        TryParse<long>(text, decimals, out value);

    /// <summary>As above, into an integer of any width.</summary>
    public static FixedPointProblem TryParse<T>(ReadOnlySpan<byte> text, int decimals, out T value)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        value = T.Zero;
        var left = -1; // decimals still to fill; -1 before the point
        var digits = 0;
        foreach (var c in text)
        {
            if (c == '.' && left < 0)
            {
                left = decimals;
                continue;
            }

            if (!char.IsAsciiDigit((char)c))
            {
                return FixedPointProblem.NotANumber;
            }

            digits++;
            if (left == 0 ? c != '0' : !TryAppend(ref value, c - '0'))
            {
                return left == 0 ? FixedPointProblem.TooPrecise : FixedPointProblem.OutOfRange;
            }

            left -= left > 0 ? 1 : 0;
        }

        return digits == 0 ? FixedPointProblem.NotANumber : TryFill(ref value, left < 0 ? decimals : left);
    }

    /// <summary>As <see cref="TryParse(ReadOnlySpan{byte}, int, out long)"/>, but what is finer than the scale is cut off: of times, not of
    /// prices or quantities.</summary>
    public static FixedPointProblem TryCut(ReadOnlySpan<byte> text, int decimals, out long value)
    {
        var point = text.IndexOf((byte)'.');
        var cut = point < 0 ? text.Length : Math.Min(text.Length, point + 1 + decimals);
        var problem = TryParse(text[..cut], decimals, out value);
        return problem == FixedPointProblem.None && text[cut..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0
            ? FixedPointProblem.NotANumber
            : problem;
    }

    /// <summary>As <see cref="TryParse(ReadOnlySpan{byte}, int, out long)"/>, and also what programs write for small or large numbers:
    /// <c>1.23e-05</c>.</summary>
    public static FixedPointProblem TryParseNumber<T>(ReadOnlySpan<byte> text, int decimals, out T value)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var problem = TryParse(text, decimals, out value);
        var e = problem == FixedPointProblem.NotANumber ? text.IndexOfAny((byte)'e', (byte)'E') : -1;
        return e < 0 ? problem
            : Utf8Parser.TryParse(text[(e + 1)..], out int exponent, out var used)
            && used == text.Length - e - 1
            && exponent is >= -MaxExponent and <= MaxExponent
                ? TryShift(text[..e], decimals + exponent - MantissaDecimals, out value)
            : FixedPointProblem.NotANumber;
    }

    /// <summary>Whether an integer is held by a double as it is: one division then gives the nearest double of a scaled value.</summary>
    internal static bool IsExactAsDouble(long value) => value is < ExactAsDouble and > -ExactAsDouble;

    /// <summary>Nearest double: exact division of two exact numbers, for any value of up to 15 significant digits.</summary>
    public static double ToDouble(long value, int decimals)
    {
        var scale = decimals;
        while (!IsExactAsDouble(value) && scale > 0 && value % 10 == 0)
        {
            value /= 10;
            scale--;
        }

        return value / (double)Tens[scale];
    }

    /// <summary>Scales a decimal, refusing any value that the scale cannot hold exactly.</summary>
    public static bool TryScale(decimal value, int decimals, out long scaled)
    {
        // Nearly every price is 64 bits and has no more decimals than the scale: no division of decimals, which is slow.
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        if (bits[2] == 0 && value.Scale <= decimals)
        {
            var mantissa = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
            var high = Math.BigMul(mantissa, (ulong)Tens[decimals - value.Scale], out var low);
            scaled = decimal.IsNegative(value) ? -(long)low : (long)low;
            if (high == 0 && low <= long.MaxValue)
            {
                return true;
            }
        }

        return TryScale(value, (decimal)Tens[decimals], out scaled);
    }

    /// <summary>The exact decimal with no trailing zeros, so that equal numbers print equally.</summary>
    public static decimal ToDecimal(long value, int decimals)
    {
        var magnitude = value < 0 ? 0 - (ulong)value : (ulong)value;
        var scale = decimals;

        // Most prices end in many zeros: four at a time first. What 10,000 divides, 16 does, and that is seen without a division.
        while (scale >= 4 && (magnitude & 15) == 0 && magnitude % 10_000 == 0)
        {
            magnitude /= 10_000;
            scale -= 4;
        }

        while (scale > 0 && (magnitude & 1) == 0 && magnitude % 10 == 0)
        {
            magnitude /= 10;
            scale--;
        }

        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), 0, value < 0, (byte)scale);
    }

    /// <summary>The exact decimal text, without trailing zeros.</summary>
    public static string ToText(long value, int decimals) => ToDecimal(value, decimals).ToString(CultureInfo.InvariantCulture);

    /// <summary>As <see cref="ToDecimal"/> prints, of any number of digits.</summary>
    public static string ToText(Int128 value, int decimals)
    {
        var digits = Int128.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var rest = digits[^decimals..].TrimEnd('0');
        return $"{(value < 0 ? "-" : "")}{digits[..^decimals]}{(rest.Length > 0 ? "." : "")}{rest}";
    }

    private static FixedPointProblem TryShift<T>(ReadOnlySpan<byte> mantissa, int shift, out T value)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        value = T.Zero;
        var problem = TryParse(mantissa, MantissaDecimals, out Int128 scaled);
        for (; problem == FixedPointProblem.None && shift < 0 && scaled != 0; shift++)
        {
            problem = scaled % 10 == 0 ? problem : FixedPointProblem.TooPrecise;
            scaled /= 10;
        }

        for (; problem == FixedPointProblem.None && shift > 0 && scaled != 0; shift--)
        {
            problem = TryAppend(ref scaled, 0) ? problem : FixedPointProblem.OutOfRange;
        }

        if (problem == FixedPointProblem.None && scaled > Int128.CreateChecked(T.MaxValue))
        {
            return FixedPointProblem.OutOfRange;
        }

        value = problem == FixedPointProblem.None ? T.CreateChecked(scaled) : value;
        return problem;
    }

    // Decimals that are not written are 0.
    private static FixedPointProblem TryFill<T>(ref T value, int decimals)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        for (var i = decimals; i > 0; i--)
        {
            if (!TryAppend(ref value, 0))
            {
                return FixedPointProblem.OutOfRange;
            }
        }

        return FixedPointProblem.None;
    }

    private static bool TryScale(decimal value, decimal scale, out long scaled)
    {
        scaled = 0;
        if (value < long.MinValue / scale || value > long.MaxValue / scale)
        {
            return false;
        }

        var product = value * scale;
        if (decimal.Truncate(product) != product)
        {
            return false;
        }

        scaled = (long)product;
        return true;
    }

    private static bool TryAppend<T>(ref T value, int digit)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var (ten, next) = (T.CreateTruncating(10), T.CreateTruncating(digit));
        if (value > (T.MaxValue - next) / ten)
        {
            return false;
        }

        value = (value * ten) + next;
        return true;
    }
}
