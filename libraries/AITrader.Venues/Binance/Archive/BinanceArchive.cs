using System.Security.Cryptography;
using AITrader.Formats;
using AITrader.Formats.Binance;
using AITrader.Formats.Csv;
using AITrader.Formats.Reading;
using AITrader.Venues.Downloads;
using Polly;

namespace AITrader.Venues.Binance.Archive;

/// <summary>Binance's public archive of market data (data.binance.vision): zips, each with its SHA-256 beside. The base address of the
/// client is its root.</summary>
/// <remarks>
/// Layout: binance-public-data, README. Known of it by bug reports there: checksums that do not match, of monthly files more often than of
/// daily ones (249, 405, 498); days that are missing (290); intervals that are missing within a file (484).
/// </remarks>
public sealed class BinanceArchive
{
    /// <summary>Where the archive is.</summary>
    public const string DefaultAddress = "https://data.binance.vision/";

    private readonly Uri _root;
    private readonly DownloadSettings _settings;
    private readonly HttpDownload _download;
    private readonly ResiliencePipeline _retry;

    /// <summary>The archive behind a client.</summary>
    public BinanceArchive(HttpClient http, Uri root, DownloadSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(root);
        _root = root.AbsoluteUri.EndsWith('/') ? root : new Uri($"{root.AbsoluteUri}/");
        _settings = settings;
        _download = new HttpDownload(http, settings, time);
        _retry = DownloadRetry.Create(settings, time, DownloadRetry.IsTransient);
    }

    /// <summary>Fetches what is not there yet. A file that cannot be had costs only itself; of a month its days are tried.</summary>
    /// <param name="series">What to get.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">First day that is no longer wanted.</param>
    /// <param name="root">Folder of market data.</param>
    /// <param name="progress">Each result as it comes, with the day up to which all is done.</param>
    /// <param name="ct">Ends the download; no torn file stays.</param>
    public async Task<IReadOnlyList<DownloadResult>> DownloadAsync(
        BinanceArchiveSeries series,
        DateOnly from,
        DateOnly to,
        string root,
        IProgress<(DownloadResult Result, DateOnly Until)>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(series);
        var folder = MarketDataFolder.FolderOf(root, series.Symbol, series.Kind);
        Directory.CreateDirectory(folder);
        var results = new List<DownloadResult>();
        var plan = BinanceArchivePlan.Create(series, from, to, name => File.Exists(Path.Combine(folder, name)));
        var waiting = new Stack<BinanceArchiveFile>(plan.Reverse());
        for (var lost = 0; lost < _settings.GiveUpAfter && waiting.TryPop(out var file); )
        {
            var (result, isLost) = await FetchAsync(file, folder, ct);
            lost = isLost ? lost + 1 : 0;
            if (file.IsMonth && !isLost && IsToBeHadByDays(result, Path.Combine(folder, file.Name)))
            {
                foreach (var day in file.Days().Where(day => day.From >= from && day.From < to).Reverse())
                {
                    waiting.Push(day);
                }

                continue;
            }

            results.Add(result);
            progress?.Report((result, file.To));
        }

        results.AddRange(waiting.Select(static file => new DownloadResult(file.Period, DownloadState.Failed, 0, "not asked for any more")));
        return results;
    }

    // Not while a damaged file of the month lies there: days would be held twice.
    private static bool IsToBeHadByDays(DownloadResult month, string path) =>
        month.State is DownloadState.Absent or DownloadState.Failed && !File.Exists(path);

    private async Task<(DownloadResult Result, bool IsLost)> FetchAsync(BinanceArchiveFile file, string folder, CancellationToken ct)
    {
        var path = Path.Combine(folder, file.Name);
        if (await IsWholeAsync(path, ct))
        {
            return (new DownloadResult(file.Period, DownloadState.Present), false);
        }

        try
        {
            var rows = await _retry.ExecuteAsync(async token => await FetchOnceAsync(file, path, token), ct);
            var state = rows is null ? DownloadState.Absent : DownloadState.Fetched;
            return (new DownloadResult(file.Period, state, rows ?? 0), false);
        }
        catch (Exception failure)
            when (failure is MarketDataException or InvalidDataException or RefusedDownloadException
                || (DownloadRetry.IsTransient(failure) && !ct.IsCancellationRequested)
            )
        {
            return (new DownloadResult(file.Period, DownloadState.Failed, 0, failure.Message), DownloadRetry.IsTransient(failure));
        }
        finally
        {
            File.Delete(DataFileWriter.PartOf(path));
        }
    }

    private async Task<long?> FetchOnceAsync(BinanceArchiveFile file, string path, CancellationToken ct)
    {
        var address = new Uri(_root, file.Path);
        if (await _download.TextAsync(new Uri(address.AbsoluteUri + MarketDataFolder.ChecksumSuffix), ct) is not { } checksum)
        {
            return null;
        }

        var part = DataFileWriter.PartOf(path);
        if (await _download.FileAsync(address, part, ct) is not { } hash)
        {
            return null;
        }

        if (!IsDigest(hash, checksum))
        {
            throw new InvalidDataException(
                $"SHA-256 is {hash}, and {file.Name}{MarketDataFolder.ChecksumSuffix} says {DigestOf(checksum)}"
            );
        }

        var mapping = BinanceKlines.Describe(part, file.Series.Symbol, file.Series.Interval);
        await File.WriteAllTextAsync(path + MarketDataFolder.ChecksumSuffix, checksum, ct);
        return await DataFileWriter.FinishAsync(path, mapping, ct);
    }

    private static async Task<bool> IsWholeAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path) || !File.Exists(path + MarketDataFolder.ChecksumSuffix) || !File.Exists(path + CsvMapping.Suffix))
        {
            return false;
        }

        await using var file = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
        return IsDigest(hash, await File.ReadAllTextAsync(path + MarketDataFolder.ChecksumSuffix, ct));
    }

    private static bool IsDigest(string hash, string checksum) => hash.Equals(DigestOf(checksum), StringComparison.OrdinalIgnoreCase);

    // As sha256sum writes it: the digest, then the name.
    private static string DigestOf(string checksum) => checksum.Split([' ', '\t', '\r', '\n'], 2)[0];
}
