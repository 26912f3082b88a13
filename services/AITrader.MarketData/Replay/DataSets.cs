using AITrader.Formats.Reading;

namespace AITrader.MarketData.Replay;

/// <summary>Turns what a user asks for, a path or the name of a data set, into a file.</summary>
internal sealed class DataSets(string folder, IReadOnlyList<string>? open = null)
{
    /// <summary>The data set that ships with the service.</summary>
    public const string Demo = "demo";

    /// <summary>The data sets by name, for messages.</summary>
    public static string Names => string.Join(", ", Known.Keys.Append(Demo));

    private const string FolderVariable = "AITRADER_TEST_DATA";

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["binance-usdm-btcusdt"] = "binance-l2/usdm_btcusdt_20240808.gz",
        ["binance-spot-btcusdt"] = "binance-l2/spot_btcusdt_20240808.gz",
        ["binance-coinm-ethusd"] = "binance-l2/cm_ethusd_perp_20240808.gz",
    };

    private readonly List<string> _open = (open ?? []).Select(static path => RealPath(Path.GetFullPath(path))).ToList();

    public static DataSets From(ReplayOptions options) => new(options.DataFolder ?? DefaultFolder(), options.Folders);

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
    public string Resolve(string source)
    {
        if (Path.Exists(source))
        {
            return source;
        }

        if (source == Demo)
        {
            return Path.Combine(AppContext.BaseDirectory, "Demo", "demo.csv");
        }

        if (!Known.TryGetValue(source, out var file))
        {
            throw new MarketDataException(source, 0, "file", $"does not exist, and is none of the data sets {Names}");
        }

        var path = Path.Combine(folder, file);
        return File.Exists(path)
            ? path
            : throw new MarketDataException(
                path,
                0,
                "file",
                $"does not exist (data set {source}); set {FolderVariable} or {ReplayOptions.Section}:{nameof(ReplayOptions.DataFolder)}"
            );
    }

    /// <summary>What a request may name: a data set, or a file that lies inside one of the open folders after every link and .. is
    /// followed. Null for all else, be it there or not.</summary>
    public string? Permit(string source)
    {
        if (source == Demo || Known.ContainsKey(source))
        {
            return source;
        }

        if (source.Length == 0 || source.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        foreach (var root in _open)
        {
            // Compared before anything is looked up, so that answers tell nothing about files elsewhere.
            var path = Path.GetFullPath(source, root);
            if (IsInside(root, path) && RealPath(path) is var real && IsInside(root, real) && File.Exists(real))
            {
                return real;
            }
        }

        return null;
    }

    private static bool IsInside(string root, string path) =>
        path.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // Every part of the path may be a link, not only the last one.
    private static string RealPath(string path)
    {
        const int MaxLinks = 40;
        for (var (links, part) = (0, path); part is not null && links < MaxLinks; )
        {
            if (new FileInfo(part).LinkTarget is { } target)
            {
                path = Path.GetFullPath(Path.Join(Path.GetFullPath(target, Path.GetDirectoryName(part)!), path[part.Length..]));
                (part, links) = (path, links + 1);
            }
            else
            {
                part = Path.GetDirectoryName(part);
            }
        }

        return path;
    }

    /// <summary>Name of the content in the names of its runs: the data set, or the file's name without what tells its format.</summary>
    public static string NameOf(string source)
    {
        var name = Known.ContainsKey(source) || source == Demo ? source : Path.GetFileName(source.TrimEnd('/'));
        foreach (var end in (ReadOnlySpan<string>)[".gz", ".zip", ".csv", ".json", ".jsonl", ".txt", ".parquet"])
        {
            name = name.EndsWith(end, StringComparison.OrdinalIgnoreCase) ? name[..^end.Length] : name;
        }

        return ReplaySource.Clean(name);
    }
}
