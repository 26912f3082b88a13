using System.Buffers.Text;
using System.Globalization;
using System.Text;
using AITrader.Domain.Ticks;
using AITrader.Storage.Ticks;

namespace AITrader.Backend.Ticks;

/// <summary>Reads ranges and cursors.</summary>
internal static class TickRanges
{
    private const int MaxSymbols = 500;
    private const int MaxTextLength = 128;

    /// <summary>The range, or what is wrong with it.</summary>
    public static (TickRange? Range, string Problem) Read(TickFilter filter)
    {
        if (
            filter.Symbols.Length > MaxSymbols
            || filter.Symbols.Any(static symbol => symbol.Length is 0 or > MaxTextLength || symbol.Contains('\0', StringComparison.Ordinal))
        )
        {
            return (null, $"symbol names an instrument; it may be repeated up to {MaxSymbols} times.");
        }

        if (filter.Run?.Length > MaxTextLength || filter.Run?.Contains('\0', StringComparison.Ordinal) == true)
        {
            return (null, "run is the name of a replay run, or empty for what was recorded live.");
        }

        var (from, fromProblem) = Time("from", filter.From);
        var (to, toProblem) = Time("to", filter.To);
        return fromProblem.Length + toProblem.Length > 0 ? (null, $"{fromProblem} {toProblem}".Trim())
            : from >= to ? (null, $"from ({filter.From}) is not before to ({filter.To}).")
            : (new TickRange(filter.Symbols, from, to, filter.Run), string.Empty);
    }

    private static (DateTimeOffset Time, string Problem) Time(string name, string? text) =>
        string.IsNullOrEmpty(text) ? (default, $"{name} is required: a time such as 2024-08-08T23:54:15Z.")
        : TryTime(text, out var time) ? (time, string.Empty)
        : (default, $"{name} is no time such as 2024-08-08T23:54:15Z.");

    /// <summary>Where a page ended, and in which recording.</summary>
    public static string CursorOf(Tick tick) =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{tick.Timestamp.UtcTicks}\n{tick.Seq}\n{tick.Run}\n{tick.Source}\n{tick.Symbol}"
                )
            )
        );

    public static bool TryReadCursor(string text, out TickPlace place, out string run)
    {
        (place, run) = (default, string.Empty);
        if (
            Decode(text)?.Split('\n') is not [var ticks, var seq, var recording, var source, var symbol]
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count > DateTimeOffset.MaxValue.UtcTicks
            || !long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        )
        {
            return false;
        }

        (place, run) = (new TickPlace(new DateTimeOffset(count, TimeSpan.Zero), number, source, symbol), recording);
        return !text.Contains('\0', StringComparison.Ordinal);
    }

    private static string? Decode(string text)
    {
        try
        {
            var decoded = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
            return decoded.Contains('\0', StringComparison.Ordinal) ? null : decoded;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool TryTime(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time
        );
}
