using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Csv;

/// <summary>What the columns of somebody else's CSV mean: read from a small JSON file that lies beside the data, <c>prices.csv.map.json</c>
/// for <c>prices.csv</c>. Immutable.</summary>
/// <remarks>
/// <code>
/// {
///   "rows": "ticks", "delimiter": ";", "header": true, "symbol": "NSE:INFY",
///   "time": { "format": "yyyyMMdd HH:mm:ss.fff", "zone": "Asia/Kolkata" },
///   "columns": { "date": "Date", "time": "Time", "price": "Last", "size": 4 }
/// }
/// { "rows": "bars", "period": "1m", "time": { "format": "s" }, "columns": { "symbol": "Ticker", "time": 1, "open": 2, "high": 3, "low": 4,
/// "close": 5, "volume": 6 } }
/// </code>
/// Members: docs/market-data.md, section "CSV with a mapping".
/// </remarks>
public sealed class CsvMapping
{
    /// <summary>What is appended to the name of a data file.</summary>
    public const string Suffix = ".map.json";

    /// <summary>Largest mapping file; a larger one is something else.</summary>
    private const int MaxBytes = 64 * 1024;

    internal static readonly string[] Names =
    [
        "symbol",
        "date",
        "time",
        "price",
        "size",
        "bid",
        "ask",
        "bid_size",
        "ask_size",
        "open",
        "high",
        "low",
        "close",
        "volume",
    ];

    private static readonly string[] ForTicks = ["symbol", "date", "time", "price", "size", "bid", "ask", "bid_size", "ask_size"];
    private static readonly string[] ForBars = ["symbol", "date", "time", "open", "high", "low", "close", "volume"];

    private readonly string _file;
    private readonly CsvMappingFile _content;
    private readonly byte[] _json;

    private CsvMapping(CsvMappingFile content, ReadOnlySpan<byte> json, string file)
    {
        _content = content;
        _json = json.ToArray();
        _file = file;
        IsBars = content.Rows switch
        {
            "ticks" => false,
            "bars" => true,
            _ => throw Failure("rows", $"'{Show(content.Rows)}' is neither ticks nor bars"),
        };
        Delimiter =
            content.Delimiter.Length == 1
            && content.Delimiter[0] is > ' ' and < '\x7F' or '\t'
            && content.Delimiter[0] is not ('"' or '.')
            && !char.IsAsciiLetterOrDigit(content.Delimiter[0])
                ? (byte)content.Delimiter[0]
                : throw Failure("delimiter", $"'{Show(content.Delimiter)}' is not one character such as , ; | or a tab");
        Columns = ReadColumns();
        Time = ReadTime();
        Period = ReadPeriod();
        IsEndStamped = content.Stamp switch
        {
            "start" => false,
            "end" when IsBars => true,
            _ => throw Failure("stamp", $"'{Show(content.Stamp)}' is neither start nor, for bars, end"),
        };
    }

    /// <summary>Whether rows are bars; else they are ticks.</summary>
    public bool IsBars { get; }

    /// <summary>What it says, in one way however it is written: mappings of one meaning have one description.</summary>
    public string Description =>
        string.Join(
            '\n',
            [
                $"rows {_content.Rows}",
                $"delimiter {Delimiter}",
                $"header {HasHeader}",
                $"symbol {Symbol}",
                $"time {_content.Time.Format} {_content.Time.Zone}",
                $"period {Period.TotalSeconds} {_content.Stamp}",
                .. Names
                    .Zip(Columns)
                    .Where(static pair => pair.Second is not null)
                    .Select(static pair => $"{pair.First} {pair.Second!.Index} {pair.Second.Name}"),
            ]
        );

    /// <summary>SHA-256 of <see cref="Description"/>, for the name of what was read by it.</summary>
    public ReadOnlyMemory<byte> Fingerprint => SHA256.HashData(Encoding.UTF8.GetBytes(Description));

    /// <summary>What is between two fields, in ASCII.</summary>
    internal byte Delimiter { get; }

    /// <summary>Whether the first line has the names of the columns.</summary>
    internal bool HasHeader => _content.Header;

    /// <summary>Symbol of all rows; null where a column has it.</summary>
    internal string? Symbol => _content.Symbol;

    /// <summary>Column by <see cref="CsvMeaning"/>.</summary>
    internal CsvSourceColumn?[] Columns { get; }

    internal CsvTimeFormat Time { get; }

    /// <summary>Length of a bar; zero for a local day.</summary>
    internal TimeSpan Period { get; }

    /// <summary>Whether a bar's time is that of its end.</summary>
    internal bool IsEndStamped { get; }

    /// <summary>The mapping beside a data file: its name + <see cref="Suffix"/>, for a packed file also without .gz or .zip. Null where
    /// there is none.</summary>
    /// <exception cref="MarketDataException">It is malformed or contradicts itself.</exception>
    public static CsvMapping? Find(string path)
    {
        foreach (var name in (string[])[path, Path.GetExtension(path) is ".gz" or ".zip" ? Path.ChangeExtension(path, null) : path])
        {
            if (File.Exists(name + Suffix))
            {
                using var file = MarketDataFile.Open(name + Suffix);
                var bytes = new byte[MaxBytes + 1];
                var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                return read <= MaxBytes
                    ? Parse(bytes.AsSpan(0, read), name + Suffix)
                    : throw new MarketDataException(name + Suffix, 0, "file", "is larger than 64 KiB");
            }
        }

        return null;
    }

    /// <summary>Reads a mapping.</summary>
    /// <param name="json">Content.</param>
    /// <param name="file">Name for messages.</param>
    /// <exception cref="MarketDataException">It is malformed or contradicts itself.</exception>
    public static CsvMapping Parse(ReadOnlySpan<byte> json, string file)
    {
        json = json.StartsWith("\uFEFF"u8) ? json["\uFEFF"u8.Length..] : json;
        if (!System.Text.Unicode.Utf8.IsValid(json))
        {
            throw new MarketDataException(file, 1, "json", "is not UTF-8");
        }

        try
        {
            return JsonSerializer.Deserialize(json, CsvMappingJson.Default.CsvMappingFile) is { } content
                ? new CsvMapping(content, json, file)
                : throw new MarketDataException(file, 1, "json", "is null");
        }
        catch (JsonException failure)
        {
            throw new MarketDataException(
                file,
                (failure.LineNumber ?? 0) + 1,
                failure.Path is { Length: > 2 } path ? Show(path[2..]) : "json",
                "malformed or not known; members are rows, columns, time (format, zone), delimiter, header, symbol, period, stamp",
                failure
            );
        }
    }

    private CsvSourceColumn?[] ReadColumns()
    {
        var columns = new CsvSourceColumn?[Names.Length];
        var allowed = IsBars ? ForBars : ForTicks;
        foreach (var (name, value) in _content.Columns)
        {
            if (!allowed.Contains(name))
            {
                throw Failure($"columns.{Show(name)}", $"is not known; for {_content.Rows} there are {string.Join(", ", allowed)}");
            }

            columns[Array.IndexOf(Names, name)] = ReadColumn(name, value);
        }

        foreach (var name in IsBars ? (string[])["time", "open", "high", "low", "close"] : ["time"])
        {
            Require(columns, name);
        }

        if (!IsBars && columns[Array.IndexOf(Names, "price")] is null)
        {
            Require(columns, "bid");
            Require(columns, "ask");
        }

        if ((Symbol is null) == (columns[0] is null))
        {
            throw Failure("symbol", Symbol is null ? "is missing, and so is columns.symbol" : "is there, and so is columns.symbol");
        }

        return columns;
    }

    private CsvSourceColumn ReadColumn(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number is >= 1 and <= MappedRow.MaxFields)
        {
            return new CsvSourceColumn(null, number - 1);
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
        {
            return HasHeader
                ? new CsvSourceColumn(text, -1)
                : throw Failure($"columns.{name}", "is a name, but the file has no header; give its number, from 1");
        }

        throw Failure($"columns.{name}", $"is neither a column's name nor its number from 1 to {MappedRow.MaxFields}");
    }

    private void Require(CsvSourceColumn?[] columns, string name)
    {
        if (columns[Array.IndexOf(Names, name)] is null)
        {
            throw Failure($"columns.{name}", "is missing");
        }
    }

    private CsvTimeFormat ReadTime()
    {
        try
        {
            return new CsvTimeFormat(_content.Time.Format, TimeZoneInfo.FindSystemTimeZoneById(_content.Time.Zone));
        }
        catch (Exception failure)
            when (failure
                    is TimeZoneNotFoundException
                        or InvalidTimeZoneException
                        or ArgumentException
                        or System.Security.SecurityException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            throw Failure("time.zone", $"'{Show(_content.Time.Zone)}' is no time zone that this machine knows, such as Asia/Kolkata");
        }
        catch (FormatException)
        {
            throw Failure(
                "time.format",
                $"'{Show(_content.Time.Format)}' is none of iso, s, ms, us, ns, nor a format such as yyyyMMdd HH:mm:ss.fff"
            );
        }
    }

    private TimeSpan ReadPeriod()
    {
        var text = _content.Period;
        if (!IsBars)
        {
            return text is null ? default : throw Failure("period", "is for bars only");
        }

        if (text == "1d")
        {
            return TimeSpan.Zero;
        }

        var seconds = text is { Length: > 1 }
            ? text[^1] switch
            {
                's' => 1,
                'm' => 60,
                'h' => 3_600,
                _ => 0,
            }
            : 0;
        return
            seconds > 0
            && int.TryParse(text.AsSpan(0, text!.Length - 1), System.Globalization.NumberStyles.None, null, out var count)
            && count is > 0 and <= 86_400
            && count * (long)seconds <= 86_400
            ? TimeSpan.FromSeconds(count * (long)seconds)
            : throw Failure("period", $"'{Show(text ?? "")}' is not a length such as 1s, 5m, 1h or 1d");
    }

    private MarketDataException Failure(string member, string problem) => new(_file, JsonPlace.LineOf(_json, member), member, problem);

    private static string Show(string text) => OutsideText.Show(Encoding.UTF8.GetBytes(text));
}
