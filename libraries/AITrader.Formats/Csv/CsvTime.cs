using System.Buffers.Text;
using AITrader.Domain.Prices;
using AITrader.Domain.Time;

namespace AITrader.Formats.Csv;

/// <summary>Times of CSV files: ISO 8601, or epoch seconds, milliseconds, microseconds or nanoseconds told apart by magnitude.</summary>
internal static class CsvTime
{
    private const int DateAndTime = 19; // yyyy-MM-ddTHH:mm:ss

    // 1e11 s is the year 5138; 1e11 ms is 1973. No market data lies on the wrong side.
    private const long FirstMillis = 100_000_000_000;
    private const long FirstMicros = FirstMillis * 1_000;
    private const long FirstNanos = FirstMicros * 1_000;

    /// <summary>Parses and truncates to microseconds since 1970 UTC.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        return text.Length >= DateAndTime && text[4] == '-' ? TryParseIso(text, out micros) : TryParseEpoch(text, out micros);
    }

    private static bool TryParseEpoch(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        if (
            !Utf8Parser.TryParse(whole, out long value, out var used)
            || used != whole.Length
            || value < 0
            || whole[0] == '+'
            || point == text.Length - 1
        )
        {
            return false;
        }

        var decimals = value switch
        {
            >= FirstMicros => 0,
            >= FirstMillis => 3,
            _ => 6,
        };
        var ok = FixedPoint.TryCut(text, decimals, out micros) == FixedPointProblem.None;
        micros /= value >= FirstNanos ? 1_000 : 1;
        return ok && micros <= EventTime.MaxMicros;
    }

    private static bool TryParseIso(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (!TryParseDateAndTime(text, out var local))
        {
            return false;
        }

        var rest = text[DateAndTime..];
        long fraction = 0;
        if (rest is [(byte)'.', ..])
        {
            if (!TryParseFraction(rest[1..], out fraction, out var digits))
            {
                return false;
            }

            rest = rest[(1 + digits)..];
        }

        if (!TryParseOffset(rest, out var offset))
        {
            return false;
        }

        micros = EventTime.ToMicros(local) + fraction - offset;
        return micros is >= 0 and <= EventTime.MaxMicros;
    }

    private static bool TryParseDateAndTime(ReadOnlySpan<byte> text, out DateTimeOffset local)
    {
        local = default;
        if (
            text[10] is not ((byte)'T' or (byte)' ')
            || !TryParseDate(text[..10], out var date)
            || !TryParseTimeOfDay(text[11..DateAndTime], out var time)
        )
        {
            return false;
        }

        local = new DateTimeOffset(date, time, TimeSpan.Zero);
        return true;
    }

    private static bool TryParseDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (
            !TryNumber(text, 0, 4, out var year)
            || !TryNumber(text, 5, 2, out var month)
            || !TryNumber(text, 8, 2, out var day)
            || text[7] != '-'
            || year < 1
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
        )
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    private static bool TryParseTimeOfDay(ReadOnlySpan<byte> text, out TimeOnly time)
    {
        time = default;
        if (
            !TryNumber(text, 0, 2, out var hour)
            || !TryNumber(text, 3, 2, out var minute)
            || !TryNumber(text, 6, 2, out var second)
            || text[2] != ':'
            || text[5] != ':'
            || hour > 23
            || minute > 59
            || second > 59
        )
        {
            return false;
        }

        time = new TimeOnly(hour, minute, second);
        return true;
    }

    /// <summary>Z, nothing, +05:30 or +0530, as microseconds to subtract.</summary>
    private static bool TryParseOffset(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (text.IsEmpty || text is [(byte)'Z' or (byte)'z'])
        {
            return true;
        }

        var minutesAt = text.Length == 6 && text[3] == ':' ? 4 : 3;
        if (
            text[0] is not ((byte)'+' or (byte)'-')
            || text.Length != minutesAt + 2
            || !TryNumber(text, 1, 2, out var hours)
            || !TryNumber(text, minutesAt, 2, out var minutes)
            || hours > 14
            || minutes > 59
        )
        {
            return false;
        }

        micros = ((hours * 60L) + minutes) * 60 * EventTime.MicrosPerSecond * (text[0] == '-' ? -1 : 1);
        return true;
    }

    /// <summary>Digits after the point as microseconds; what is finer is cut off.</summary>
    private static bool TryParseFraction(ReadOnlySpan<byte> text, out long micros, out int digits)
    {
        micros = 0;
        digits = 0;
        var weight = EventTime.MicrosPerSecond / 10;
        while (digits < text.Length && char.IsAsciiDigit((char)text[digits]))
        {
            micros += weight * (text[digits] - '0');
            weight /= 10;
            digits++;
        }

        return digits > 0;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, int at, int length, out int value)
    {
        value = 0;
        foreach (var c in text.Slice(at, length))
        {
            if (!char.IsAsciiDigit((char)c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        return true;
    }
}
