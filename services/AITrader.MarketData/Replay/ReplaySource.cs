using System.Security.Cryptography;
using AITrader.Markets.Formats;

namespace AITrader.MarketData.Replay;

/// <summary>A content that can be replayed: read to its end once, so that nothing of a bad one is ever published.</summary>
/// <param name="Asked">Path or name, as it was asked for.</param>
/// <param name="Path">File.</param>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
/// <param name="Ticks">How many it holds.</param>
internal sealed record ReplaySource(string Asked, string Path, string Sha256, long Ticks)
{
    private const int HashLetters = 8;

    /// <summary>Reads and checks everything.</summary>
    /// <exception cref="MarketDataException">It cannot be replayed.</exception>
    public static ReplaySource Load(DataSets sets, string asked)
    {
        var path = sets.Resolve(asked);
        using var reader = TickFile.Open(path);
        while (reader.TryRead(out _))
        {
        }

        return new ReplaySource(asked, path, Hash(path), reader.Ticks);
    }

    /// <summary>Name of a run of this content.</summary>
    public string RunName(int attempt) => string.Create(null, $"{DataSets.NameOf(Asked)}-{Sha256[..HashLetters]}-{attempt}");

    private static string Hash(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (IOException failure)
        {
            throw new MarketDataException(path, 0, "file", "cannot be read", failure);
        }
    }
}
