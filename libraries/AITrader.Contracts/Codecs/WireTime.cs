namespace AITrader.Contracts.Codecs;

/// <summary>Instants on the wire: ISO 8601 in UTC with six decimals, such as <c>2024-08-08T23:54:15.030314Z</c>.</summary>
public static class WireTime
{
    /// <summary>Bytes of an instant.</summary>
    public const int Length = 27;

    private const int SecondsLength = 19;

    /// <summary>The instant cut to whole microseconds, which is what the wire and PostgreSQL keep.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset value)
    {
        var utc = value.UtcTicks;
        return new DateTimeOffset(utc - (utc % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }

    /// <summary>As text.</summary>
    public static string Format(DateTimeOffset value) => string.Create(Length, value, static (text, instant) =>
        {
            Span<byte> utf8 = stackalloc byte[Length];
            Format(instant, utf8);
            for (var i = 0; i < Length; i++)
            {
                text[i] = (char)utf8[i];
            }
        });

    /// <summary>Writes it as UTF-8 and returns <see cref="Length"/>.</summary>
    public static int Format(DateTimeOffset value, Span<byte> utf8)
    {
        var utc = value.UtcDateTime;
        Digits(utf8[..4], utc.Year);
        utf8[4] = (byte)'-';
        Digits(utf8[5..7], utc.Month);
        utf8[7] = (byte)'-';
        Digits(utf8[8..10], utc.Day);
        utf8[10] = (byte)'T';
        Digits(utf8[11..13], utc.Hour);
        utf8[13] = (byte)':';
        Digits(utf8[14..16], utc.Minute);
        utf8[16] = (byte)':';
        Digits(utf8[17..19], utc.Second);
        utf8[19] = (byte)'.';
        Digits(utf8[20..26], (int)(utc.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond));
        utf8[26] = (byte)'Z';
        return Length;
    }

    /// <summary>Reads an instant with up to seven decimals; it must end in Z.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out DateTimeOffset value)
    {
        value = default;
        return utf8.Length > SecondsLength
            && utf8[^1] == 'Z'
            && IsPunctuated(utf8)
            && TrySeconds(utf8, out var seconds)
            && TryFraction(utf8[SecondsLength..^1], out var fraction)
            && TryCreate(seconds, fraction, out value);
    }

    /// <summary>Reads an instant with up to seven decimals; it must end in Z.</summary>
    public static bool TryParse(string text, out DateTimeOffset value)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> utf8 = stackalloc byte[Length + 1];
        value = default;
        return text.Length <= utf8.Length
            && System.Text.Encoding.UTF8.TryGetBytes(text, utf8, out var written)
            && TryParse(utf8[..written], out value);
    }

    private static bool IsPunctuated(ReadOnlySpan<byte> utf8) =>
        utf8[4] == '-' && utf8[7] == '-' && utf8[10] == 'T' && utf8[13] == ':' && utf8[16] == ':';

    private static bool TrySeconds(ReadOnlySpan<byte> utf8, out (int Year, int Month, int Day, int Hour, int Minute, int Second) parts)
    {
        parts = default;
        return TryDigits(utf8[..4], out parts.Year)
            && TryDigits(utf8[5..7], out parts.Month)
            && TryDigits(utf8[8..10], out parts.Day)
            && TryDigits(utf8[11..13], out parts.Hour)
            && TryDigits(utf8[14..16], out parts.Minute)
            && TryDigits(utf8[17..19], out parts.Second);
    }

    private static bool TryFraction(ReadOnlySpan<byte> utf8, out long ticks)
    {
        ticks = 0;
        if (utf8.IsEmpty)
        {
            return true;
        }

        if (utf8[0] != '.' || utf8.Length is < 2 or > 8 || !TryDigits(utf8[1..], out var digits))
        {
            return false;
        }

        ticks = digits;
        for (var places = utf8.Length - 1; places < 7; places++)
        {
            ticks *= 10;
        }

        return true;
    }

    private static bool TryCreate(
        (int Year, int Month, int Day, int Hour, int Minute, int Second) parts,
        long fraction,
        out DateTimeOffset value
    )
    {
        value = default;
        var isValid =
            parts.Year >= 1
            && parts.Month is >= 1 and <= 12
            && parts.Day >= 1
            && parts.Day <= DateTime.DaysInMonth(parts.Year, parts.Month)
            && parts.Hour < 24
            && parts.Minute < 60
            && parts.Second < 60;
        if (isValid)
        {
            var seconds = new DateTime(parts.Year, parts.Month, parts.Day, parts.Hour, parts.Minute, parts.Second, DateTimeKind.Utc);
            value = new DateTimeOffset(seconds.AddTicks(fraction));
        }

        return isValid;
    }

    private static void Digits(Span<byte> utf8, int value)
    {
        for (var i = utf8.Length - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            utf8[i] = (byte)('0' + digit);
        }
    }

    private static bool TryDigits(ReadOnlySpan<byte> utf8, out int value)
    {
        value = 0;
        foreach (var digit in utf8)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
