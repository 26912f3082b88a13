using System.Globalization;
using System.Text;
using AITrader.Markets.Sessions;

namespace AITrader.Markets.Formats;

/// <summary>Times of a mapped CSV: ISO 8601, epoch numbers of one unit, or a format of .NET, with the time zone of what has no offset. Immutable.</summary>
internal sealed class CsvTimeFormat
{
    private const int MaxText = 64;
    private const int DateAndTime = 19; // yyyy-MM-ddTHH:mm:ss

    private readonly string _format;
    private readonly int _decimals; // of an epoch number that makes microseconds of it; -1: no epoch
    private readonly LocalClock _clock;

    /// <exception cref="FormatException">The format is none.</exception>
    internal CsvTimeFormat(string format, TimeZoneInfo zone)
    {
        _format = format;
        _clock = new LocalClock(zone);
        _decimals = format switch
        {
            "s" => 6,
            "ms" => 3,
            "us" => 0,
            "ns" => -3,
            _ => -1,
        };
        if (_decimals == -1 && format != "iso" && !IsFormat(format))
        {
            throw new FormatException();
        }
    }

    internal LocalClock Clock => _clock;

    /// <summary>Microseconds since 1970 UTC; what is finer is cut off.</summary>
    /// <param name="text">Time as it is written.</param>
    /// <param name="notBefore">Latest time so far: of a local time that the clock shows twice, it tells which is meant.</param>
    /// <param name="micros">The time.</param>
    internal bool TryParse(ReadOnlySpan<byte> text, long notBefore, out long micros)
    {
        micros = 0;
        var ok = text.Length is > 0 and <= MaxText && (_decimals, _format) switch
        {
            ( >= 0, _) => TryEpoch(text, _decimals, out micros),
            (-3, _) => TryNanos(text, out micros),
            (_, "iso") => TryIso(text, notBefore, out micros),
            _ => TryExact(text, notBefore, out micros),
        };
        return ok && micros is >= 0 and <= EventTime.MaxMicros;
    }

    private static bool TryEpoch(ReadOnlySpan<byte> text, int decimals, out long micros)
    {
        var point = text.IndexOf((byte)'.');
        var cut = point < 0 ? text.Length : Math.Min(text.Length, point + 1 + decimals);
        return FixedPoint.TryParse(text[..cut], decimals, out micros) == FixedPointProblem.None
            && text[cut..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    private static bool TryNanos(ReadOnlySpan<byte> text, out long micros)
    {
        var ok = FixedPoint.TryParse(text, 0, out var nanos) == FixedPointProblem.None;
        micros = nanos / 1_000;
        return ok;
    }

    private bool TryIso(ReadOnlySpan<byte> text, long notBefore, out long micros)
    {
        if (text.Length < DateAndTime || text[4] != '-' || !CsvTime.TryParse(text, out micros))
        {
            micros = 0;
            return false;
        }

        if (text[DateAndTime..].IndexOfAny("Zz+-"u8) < 0)
        {
            micros = _clock.MicrosAfter(EventTime.FromMicros(micros).UtcDateTime, notBefore);
        }

        return true;
    }

    private bool TryExact(ReadOnlySpan<byte> text, long notBefore, out long micros)
    {
        micros = 0;
        if (!Ascii.IsValid(text))
        {
            return false;
        }

        Span<char> chars = stackalloc char[MaxText];
        Ascii.ToUtf16(text, chars, out var length);
        if (!DateTimeOffset.TryParseExact(chars[..length], _format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return false;
        }

        micros = HasOffset(_format) ? EventTime.ToMicros(time) : time.Year is < 1970 or > 9_990 ? -1 : _clock.MicrosAfter(time.DateTime, notBefore);
        return true;
    }

    private static bool HasOffset(string format) => format.Contains('z', StringComparison.Ordinal) || format.Contains('K', StringComparison.Ordinal);

    /// <summary>A usable format says the year, the month and the day, and reads what it wrote.</summary>
    private static bool IsFormat(string format)
    {
        if (format.Length is < 3 or > MaxText || !format.Contains('y', StringComparison.Ordinal) || !format.Contains('M', StringComparison.Ordinal) || !format.Contains('d', StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            var sample = new DateTimeOffset(2001, 12, 23, 0, 0, 0, TimeSpan.Zero);
            return DateTimeOffset.TryParseExact(sample.ToString(format, CultureInfo.InvariantCulture), format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)
                && read.Date == sample.Date;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
