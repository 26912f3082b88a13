using System.Globalization;
using AITrader.Domain.Time;
using AITrader.Storage.Ticks;

namespace AITrader.MarketData.Replay;

/// <summary>What somebody wants replayed, as one text that a setting, a row and a person can carry.</summary>
/// <remarks>
/// Files and data sets: <c>a.csv.gz</c>, or several to be merged: <c>a.csv.gz;b.csv</c>. Stored ticks:
/// <c>ticks:BTCUSDT,ETHUSDT@2024-08-08T23:54:00Z/2024-08-09T00:00:00Z</c>, optionally with <c>@run</c> of the recording.
/// </remarks>
internal sealed record ReplaySource
{
    private const string StoredPrefix = "ticks:";
    private const char FileSeparator = ';';
    private const int LongestName = 48;

    private ReplaySource(string text, IReadOnlyList<string> files, TickRange? stored) => (Text, Files, Stored) = (text, files, stored);

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Paths and names of data sets, in order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The range of the tick store; its run is null where the newest recording is meant.</summary>
    public TickRange? Stored { get; }

    /// <summary>What it consists of, for people.</summary>
    public IReadOnlyList<string> Sources => Stored is null ? Files : [Text];

    /// <summary>Name of the content in the names of its runs.</summary>
    public string Name =>
        Stored is { } range ? $"ticks-{Clean(range.Symbols is [var only] ? only : $"{range.Symbols.Count}-symbols")}"
        : Files is [var single] ? DataSets.NameOf(single)
        : $"{DataSets.NameOf(Files[0])}-and-{Files.Count - 1}-more";

    /// <summary>One or more files or data sets.</summary>
    public static ReplaySource Of(IReadOnlyList<string> files) => new(string.Join(FileSeparator, files), files, stored: null);

    /// <summary>A range of the tick store.</summary>
    public static ReplaySource Of(TickRange range) => new(Write(range), [], range);

    /// <summary>Reads the text; an existing path is one file, whatever its name.</summary>
    public static ReplaySource Parse(string text)
    {
        if (TryParseStored(text) is { } range)
        {
            return new ReplaySource(text, [], range);
        }

        var files = Path.Exists(text)
            ? [text]
            : text.Split(FileSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new ReplaySource(text, files.Length > 0 ? files : [text], stored: null);
    }

    /// <summary>Letters that names of runs and keys carry well.</summary>
    public static string Clean(string name)
    {
        var clean = string.Concat(
            name.Take(LongestName).Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '_')
        );
        return clean.Length > 0 ? clean : "file";
    }

    private static string Write(TickRange range) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{StoredPrefix}{string.Join(',', range.Symbols)}@{range.From.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'}/{range.Until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'}{(range.Run is { } run ? $"@{run}" : string.Empty)}"
        );

    private static TickRange? TryParseStored(string text)
    {
        if (
            !text.StartsWith(StoredPrefix, StringComparison.Ordinal)
            || text[StoredPrefix.Length..].Split('@') is not [var symbols, var span, .. var rest]
            || rest.Length > 1
        )
        {
            return null;
        }

        var names = symbols.Split(',', StringSplitOptions.RemoveEmptyEntries);
        return
            span.Split('/') is [var from, var until]
            && TryTime(from, out var first)
            && TryTime(until, out var last)
            && first < last
            && names.Length > 0
            ? new TickRange(names, first, last, rest is [var run] ? run : null)
            : null;
    }

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time
        )
        && EventTime.ToMicros(time) >= 0;
}
