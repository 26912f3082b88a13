using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AITrader.Formats;
using AITrader.Formats.Csv;
using AITrader.Formats.Reading;

namespace AITrader.MarketData.Replay;

/// <summary>One file, or several merged by event time.</summary>
/// <param name="Paths">The files, of ticks or of bars.</param>
/// <param name="SpreadBps">Distance of bid and ask of bars of trades, in basis points.</param>
internal sealed record FileContent(IReadOnlyList<string> Paths, decimal SpreadBps = 0) : ReplayContent
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Files => Paths;

    /// <summary>Reads and checks everything.</summary>
    /// <exception cref="MarketDataException">It cannot be replayed.</exception>
    public static async Task<FileContent> LoadAsync(DataSets sets, ReplaySource source, decimal spreadBps, CancellationToken ct)
    {
        var paths = source.Files.Select(sets.Resolve).ToList();
        await using var ticks = new MergedFiles(paths, spreadBps);
        var (first, last) = (0L, 0L);
        while (await ticks.ReadAsync(ct))
        {
            first = ticks.Position == 1 ? ticks.TimeMicros : first;
            last = ticks.TimeMicros;
            if (ticks.Position % 100_000 == 0)
            {
                ct.ThrowIfCancellationRequested();
            }
        }

        return new FileContent(paths, spreadBps)
        {
            Source = source,
            Sha256 = await HashAsync(paths, spreadBps, ct),
            Ticks = ticks.Position,
            FirstMicros = first,
            LastMicros = last,
            Skipped = [.. ticks.Skipped],
            Moods = await RecordedMoods.ReadAsync(paths, ct),
        };
    }

    /// <inheritdoc/>
    public override TickCursor Open() => new MergedFiles(Paths, SpreadBps);

    // Of one file its own hash, as runs of it were always named; of several the hash of their hashes, so that their order counts. What a
    // mapping says of a file is part of what it holds, and so is the spread that its bars are given.
    private static async Task<string> HashAsync(List<string> paths, decimal spreadBps, CancellationToken ct)
    {
        var hashes = new List<byte[]>(paths.Count);
        foreach (var path in paths)
        {
            var hash = await HashAsync(path, ct);
            hashes.Add(
                spreadBps > 0 && FileCheck.HoldsBars(path)
                    ? SHA256.HashData([.. hash, .. Encoding.UTF8.GetBytes(spreadBps.ToString("0.####", CultureInfo.InvariantCulture))])
                    : hash
            );
        }

        return Convert.ToHexStringLower(
            hashes is [var single] ? single : SHA256.HashData(hashes.SelectMany(static hash => hash).ToArray())
        );
    }

    private static async Task<byte[]> HashAsync(string path, CancellationToken ct)
    {
        try
        {
            await using var file = File.OpenRead(path);
            var hash = await SHA256.HashDataAsync(file, ct);
            return CsvMapping.Find(path) is { } mapping ? SHA256.HashData([.. hash, .. mapping.Fingerprint.Span])
                : TickFile.FindBeside(path) is { } beside ? SHA256.HashData([.. hash, .. await HashAsync(beside, ct)])
                : hash;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MarketDataException(path, 0, "file", "cannot be read", failure);
        }
    }
}
