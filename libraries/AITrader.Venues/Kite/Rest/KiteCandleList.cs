using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;

namespace AITrader.Venues.Kite.Rest;

/// <summary>A historical candle.</summary>
/// <param name="Time">Its start.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest.</param>
/// <param name="Low">Lowest.</param>
/// <param name="Close">Last.</param>
/// <param name="Volume">Quantity that was traded.</param>
public sealed record KiteCandle(DateTimeOffset Time, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);

/// <summary>Historical candles by time, each time once: those that could be read, and what is to be said of the others.</summary>
public sealed class KiteCandleList : ReadOnlyCollection<KiteCandle>
{
    private const int Fields = 6; // a seventh is the open interest

    // With a colon in the offset, without one, and as Z.
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ssK"];

    private KiteCandleList(IList<KiteCandle> candles, long skipped, string? problem)
        : base(candles) => (Skipped, Problem) = (skipped, problem);

    /// <summary>Rows that make no sense.</summary>
    public long Skipped { get; }

    /// <summary>What was wrong with the first of those.</summary>
    public string? Problem { get; }

    internal static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    // Where Kite tells a candle twice, the later one is the corrected one.
    internal static KiteCandleList Of(IReadOnlyList<JsonElement> rows)
    {
        var candles = new SortedDictionary<DateTimeOffset, KiteCandle>();
        var (skipped, first) = (0L, (string?)null);
        foreach (var row in rows)
        {
            if (TryRead(row) is { } candle)
            {
                candles[candle.Time] = candle;
                continue;
            }

            skipped++;
            first ??= row.GetRawText() is { Length: > MaxShown } text ? text[..MaxShown] : row.GetRawText();
        }

        return new KiteCandleList([.. candles.Values], skipped, first);
    }

    private const int MaxShown = 100;

    private static KiteCandle? TryRead(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() < Fields || row[0].ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var numbers = new decimal[Fields - 1];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (row[i + 1].ValueKind != JsonValueKind.Number || !row[i + 1].TryGetDecimal(out numbers[i]))
            {
                return null;
            }
        }

        var (open, high, low, close) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        var isSound = low > 0 && low <= Math.Min(open, close) && high >= Math.Max(open, close) && numbers[4] >= 0;
        return isSound && TryReadTime(row[0].GetString()!, out var time) ? new KiteCandle(time, open, high, low, close, numbers[4]) : null;
    }

    // Kite writes +0530, which .NET reads with a colon only.
    private static bool TryReadTime(string text, out DateTimeOffset time)
    {
        var hasPlainOffset = text.Length > 5 && text[^5] is '+' or '-' && text[^3] != ':';
        return DateTimeOffset.TryParseExact(
            hasPlainOffset ? text.Insert(text.Length - 2, ":") : text,
            TimeFormats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out time
        );
    }
}
