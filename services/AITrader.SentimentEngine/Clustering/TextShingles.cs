using System.IO.Hashing;
using System.Text;

namespace AITrader.SentimentEngine.Clustering;

/// <summary>The pairs of neighbouring words of a text, hashed: what two texts have in common says how near they are.</summary>
internal static class TextShingles
{
    private const int MaxWords = 400;

    /// <summary>The hashes, sorted and each once. Case, punctuation and addresses do not count; a text of one word is its word.</summary>
    public static ulong[] Of(string text)
    {
        var words = Words(text);
        var shingles = new SortedSet<ulong>();
        for (var at = 0; at + 1 < words.Count; at++)
        {
            shingles.Add(Hash($"{words[at]} {words[at + 1]}"));
        }

        if (shingles.Count == 0 && words.Count == 1)
        {
            shingles.Add(Hash(words[0]));
        }

        return [.. shingles];
    }

    /// <summary>Size of the intersection over that of the union, in [0, 1]; 0 where one is empty.</summary>
    public static double Jaccard(ulong[] left, ulong[] right)
    {
        var (common, at, other) = (0, 0, 0);
        while (at < left.Length && other < right.Length)
        {
            var order = left[at].CompareTo(right[other]);
            common += order == 0 ? 1 : 0;
            at += order <= 0 ? 1 : 0;
            other += order >= 0 ? 1 : 0;
        }

        var union = left.Length + right.Length - common;
        return union == 0 ? 0 : (double)common / union;
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var part in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Contains("://", StringComparison.Ordinal))
            {
                continue;
            }

            var word = new string([.. part.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
            if (word.Length > 0 && words.Count < MaxWords)
            {
                words.Add(word);
            }
        }

        return words;
    }

    private static ulong Hash(string text) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text));
}
