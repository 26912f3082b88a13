using AITrader.Markets.Formats;

namespace AITrader.MarketData.Replay;

/// <summary>Turns what a user asks for, a path or the name of a data set, into a file.</summary>
internal sealed class DataSets(string folder)
{
    /// <summary>The data set that ships with the service.</summary>
    public const string Demo = "demo";

    private const string FolderVariable = "AITRADER_TEST_DATA";

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["binance-usdm-btcusdt"] = "binance-l2/usdm_btcusdt_20240808.gz",
        ["binance-spot-btcusdt"] = "binance-l2/spot_btcusdt_20240808.gz",
        ["binance-coinm-ethusd"] = "binance-l2/cm_ethusd_perp_20240808.gz",
    };

    /// <summary>AITRADER_TEST_DATA, or shared/data beside the repository that the service runs from.</summary>
    public static string DefaultFolder()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } set)
        {
            return set;
        }

        for (var above = new DirectoryInfo(AppContext.BaseDirectory); above is not null; above = above.Parent)
        {
            if (File.Exists(Path.Combine(above.FullName, "AITrader.sln")))
            {
                return Path.GetFullPath(Path.Combine(above.FullName, "..", "shared", "data"));
            }
        }

        return AppContext.BaseDirectory;
    }

    /// <summary>The file; an existing path wins over a name.</summary>
    /// <exception cref="MarketDataException">There is neither such a file nor such a data set.</exception>
    public string Resolve(string asked)
    {
        if (Path.Exists(asked))
        {
            return asked;
        }

        if (asked == Demo)
        {
            return Path.Combine(AppContext.BaseDirectory, "Demo", "demo.csv");
        }

        if (!Known.TryGetValue(asked, out var file))
        {
            throw new MarketDataException(asked, 0, "file", $"does not exist, and is none of the data sets {string.Join(", ", Known.Keys.Append(Demo))}");
        }

        var path = Path.Combine(folder, file);
        return File.Exists(path)
            ? path
            : throw new MarketDataException(path, 0, "file", $"does not exist (data set {asked}); set {FolderVariable} or {ReplayOptions.Section}:{nameof(ReplayOptions.DataFolder)}");
    }

    /// <summary>Name of the content in the names of its runs: the data set, or the file's name without what tells its format.</summary>
    public static string NameOf(string asked)
    {
        const int Longest = 48;
        var name = Known.ContainsKey(asked) || asked == Demo ? asked : Path.GetFileName(asked.TrimEnd('/'));
        foreach (var end in (ReadOnlySpan<string>)[".gz", ".csv", ".json", ".jsonl", ".txt"])
        {
            name = name.EndsWith(end, StringComparison.OrdinalIgnoreCase) ? name[..^end.Length] : name;
        }

        var clean = string.Concat(name.Take(Longest).Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '_'));
        return clean.Length > 0 ? clean : "file";
    }
}
