using System.Security.Cryptography;
using AITrader.Markets.Formats;

namespace AITrader.MarketData.Replay;

/// <summary>One file, or several merged by event time.</summary>
/// <param name="Paths">The files.</param>
internal sealed record FileContent(IReadOnlyList<string> Paths) : ReplayContent
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Files => Paths;

    /// <summary>Reads and checks everything.</summary>
    /// <exception cref="MarketDataException">It cannot be replayed.</exception>
    public static async Task<FileContent> LoadAsync(DataSets sets, ReplayAsk asked, CancellationToken ct)
    {
        var paths = asked.Files.Select(sets.Resolve).ToList();
        await using var ticks = new MergedFiles(paths);
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

        return new FileContent(paths) { Asked = asked, Sha256 = Hash(paths), Ticks = ticks.Position, FirstMicros = first, LastMicros = last, Skipped = [.. ticks.Skipped] };
    }

    /// <inheritdoc/>
    public override TickCursor Open() => new MergedFiles(Paths);

    // Of one file its own hash, as runs of it were always named; of several the hash of their hashes, so that their order counts. What a mapping says of a file is part of what it holds.
    private static string Hash(IReadOnlyList<string> paths)
    {
        var hashes = paths.Select(Hash).ToList();
        return Convert.ToHexStringLower(hashes is [var single] ? single : SHA256.HashData(hashes.SelectMany(static hash => hash).ToArray()));
    }

    private static byte[] Hash(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var hash = SHA256.HashData(file);
            return CsvMapping.Find(path) is { } mapping ? SHA256.HashData([.. hash, .. mapping.Fingerprint.Span])
                : TickFile.FindBeside(path) is { } beside ? SHA256.HashData([.. hash, .. Hash(beside)])
                : hash;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MarketDataException(path, 0, "file", "cannot be read", failure);
        }
    }
}
