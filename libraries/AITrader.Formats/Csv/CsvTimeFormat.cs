using System.Globalization;
using System.Text;
using AITrader.Domain.Prices;
using AITrader.Domain.Time;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Csv;

/// <summary>Times of a mapped CSV: ISO 8601, epoch numbers of one unit, or a format of .NET, with the time zone of what has no offset.
/// Immutable.</summary>
internal sealed class CsvTimeFormat
{
    private const int MaxText = 64;
    private const int DateAndTime = 19; // yyyy-MM-ddTHH:mm:ss

    private const long Year2100 = 4_102_444_800_000_000;

    // A number that is the year 2100 in one unit is this moment in the next finer one (17 February 1970): what is before it was written in
    // a coarser unit.
    private const long FirstOfFineUnits = Year2100 / 1_000;

    private static readonly (string Name, int Decimals)[] Units = [("s", 6), ("ms", 3), ("us", 0), ("ns", -3)];

    private readonly string _format;
    private readonly int _decimals; // of an epoch number that makes microseconds of it; -1: no epoch
    private readonly LocalClock _clock;

    /// <exception cref="FormatException">The format is none.</exception>
    internal CsvTimeFormat(string format, TimeZoneInfo zone)
    {
        _format = format;
        _clock = new LocalClock(zone);
        _decimals = Array.Find(Units, unit => unit.Name == format) is { Name: not null } unit ? unit.Decimals : -1;
        if (_decimals == -1 && format != "iso" && !IsFormat(format))
        {
            throw new FormatException();
        }
    }

    internal LocalClock Clock => _clock;

    /// <summary>Microseconds since 1970 UTC; what is finer is cut off. A number that only makes sense in a coarser unit than the mapping's
    /// is none.</summary>
    /// <param name="text">Time as it is written.</param>
    /// <param name="notBefore">Latest time so far: of a local time that the clock shows twice, it tells which is meant.</param>
    /// <param name="micros">The time.</param>
    internal bool TryParse(ReadOnlySpan<byte> text, long notBefore, out long micros)
    {
        micros = 0;
        var ok =
            text.Length is > 0 and <= MaxText
            && (_decimals, _format) switch
            {
                (-1, "iso") => TryIso(text, notBefore, out micros),
                (-1, _) => TryExact(text, notBefore, out micros),
                _ => TryEpoch(text, _decimals, out micros),
            };
        return ok && micros is >= 0 and <= EventTime.MaxMicros && (_decimals is -1 or 6 || micros >= FirstOfFineUnits);
    }

    /// <summary>What is wrong with a text that is no time of this format.</summary>
    internal string Describe(ReadOnlySpan<byte> text)
    {
        var shown = OutsideText.Show(text);
        if (_decimals != -1)
        {
            foreach (var (name, decimals) in Units)
            {
                if (TryEpoch(text, decimals, out var micros) && micros is >= FirstOfFineUnits and < Year2100)
                {
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"'{shown}' is no time of a market in {_format}, but {EventTime.FromMicros(micros):yyyy-MM-dd} in {name}; time.format of the mapping says {_format}"
                    );
                }
            }
        }

        return $"'{shown}' is not a time of the mapping's format";
    }

    private static bool TryEpoch(ReadOnlySpan<byte> text, int decimals, out long micros)
    {
        var ok = FixedPoint.TryCut(text, Math.Max(decimals, 0), out micros) == FixedPointProblem.None;
        micros /= decimals < 0 ? 1_000 : 1;
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
        if (
            !DateTimeOffset.TryParseExact(
                chars[..length],
                _format,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
        )
        {
            return false;
        }

        micros =
            HasOffset(_format) ? EventTime.ToMicros(time)
            : time.Year is < 1970 or > 9_990 ? -1
            : _clock.MicrosAfter(time.DateTime, notBefore);
        return true;
    }

    private static bool HasOffset(string format) =>
        format.Contains('z', StringComparison.Ordinal) || format.Contains('K', StringComparison.Ordinal);

    /// <summary>A usable format says the year, the month and the day, and reads what it wrote.</summary>
    private static bool IsFormat(string format)
    {
        if (
            format.Length is < 3 or > MaxText
            || !format.Contains('y', StringComparison.Ordinal)
            || !format.Contains('M', StringComparison.Ordinal)
            || !format.Contains('d', StringComparison.Ordinal)
        )
        {
            return false;
        }

        try
        {
            var sample = new DateTimeOffset(2001, 12, 23, 0, 0, 0, TimeSpan.Zero);
            return DateTimeOffset.TryParseExact(
                    sample.ToString(format, CultureInfo.InvariantCulture),
                    format,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var read
                )
                && read.Date == sample.Date;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
