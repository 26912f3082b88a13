using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace AITrader.SentimentEngine.Clustering;

/// <summary>Signatures of sets: the share of equal places of two estimates their Jaccard similarity. Broder, On the resemblance and
/// containment of documents, 1997.</summary>
internal static class MinHash
{
    /// <summary>Bands of a signature: texts that share one band whole are candidates.</summary>
    public const int Bands = 24;

    // With 24 bands of 3 rows a pair of similarity 0.5 is found with a probability of 96 %, one of 0.2 with 17 %.
    private const int Rows = 3;

    private const ulong Odd = 0x9E3779B97F4A7C15;

    /// <summary>One key a band; empty for an empty set.</summary>
    public static ulong[] BandKeys(ulong[] shingles)
    {
        if (shingles.Length == 0)
        {
            return [];
        }

        var keys = new ulong[Bands];
        Span<ulong> rows = stackalloc ulong[Rows];
        for (var band = 0; band < Bands; band++)
        {
            for (var row = 0; row < Rows; row++)
            {
                rows[row] = Least(shingles, (ulong)((band * Rows) + row + 1));
            }

            keys[band] = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(rows), band);
        }

        return keys;
    }

    private static ulong Least(ulong[] shingles, ulong seed)
    {
        var least = ulong.MaxValue;
        foreach (var shingle in shingles)
        {
            least = Math.Min(least, Mix(shingle ^ (seed * Odd)));
        }

        return least;
    }

    // The finaliser of SplitMix64.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
