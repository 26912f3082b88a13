using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AITrader.SentimentEngine.Sources;

/// <summary>Reads the dates of feeds: RFC 822 with zones by name and wrong days of the week, and ISO 8601.</summary>
internal static partial class FeedDates
{
    // IST is India's here: this is a trader of the NSE.
    private static readonly FrozenDictionary<string, string> Zones = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = "+00:00",
        ["UTC"] = "+00:00",
        ["GMT"] = "+00:00",
        ["Z"] = "+00:00",
        ["EST"] = "-05:00",
        ["EDT"] = "-04:00",
        ["CST"] = "-06:00",
        ["CDT"] = "-05:00",
        ["MST"] = "-07:00",
        ["MDT"] = "-06:00",
        ["PST"] = "-08:00",
        ["PDT"] = "-07:00",
        ["IST"] = "+05:30",
        ["BST"] = "+01:00",
        ["CET"] = "+01:00",
        ["CEST"] = "+02:00",
        ["JST"] = "+09:00",
        ["SGT"] = "+08:00",
        ["HKT"] = "+08:00",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The time, UTC where no zone is given; null where it cannot be read.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 100)
        {
            return null;
        }

        // The day of the week is often that of another time zone, and refused then.
        var plain = Weekday().Replace(text.Trim(), string.Empty);
        plain = Zone()
            .Replace(plain, static match => Zones.TryGetValue(match.Groups["name"].Value, out var offset) ? $" {offset}" : match.Value);
        plain = Offset().Replace(plain, " ${sign}${hours}:${minutes}");
        return DateTimeOffset.TryParse(
            plain,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;
    }

    [GeneratedRegex(@"^[A-Za-z]{3,9},?\s+(?=\d)")]
    private static partial Regex Weekday();

    [GeneratedRegex(@"\s+(GMT|UTC)?\(?(?<name>[A-Za-z]{1,4})\)?$")]
    private static partial Regex Zone();

    [GeneratedRegex(@"\s+(GMT|UTC)?(?<sign>[+-])(?<hours>\d\d)(?<minutes>\d\d)$")]
    private static partial Regex Offset();
}
