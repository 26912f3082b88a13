using AITrader.Texts.Tokens;

namespace AITrader.Texts.Vocabularies;

/// <summary>Makes a vocabulary of texts: their characters, and what of them comes together most often, from pairs up to whole words (byte
/// pair encoding, Sennrich and others 2016).</summary>
public static class VocabularyBuilder
{
    private const string ContinuationMark = "##";

    // What comes once says nothing about other texts.
    private const int LeastCount = 2;

    private static readonly string[] Special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];

    /// <summary>Builds it.</summary>
    /// <param name="texts">Texts of what is trained on, and of nothing else.</param>
    /// <param name="words">Words that are pieces whatever the texts hold, in lower case.</param>
    /// <param name="size">Pieces at most, those words aside.</param>
    /// <returns>Lines of a <c>vocab.txt</c>; the same for the same arguments.</returns>
    public static IReadOnlyList<string> Build(IEnumerable<string> texts, IEnumerable<string> words, int size)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var split = texts
            .SelectMany(static text => BertText.Words(BertText.Clean(text)))
            .CountBy(static word => word)
            .OrderBy(static word => word.Key, StringComparer.Ordinal)
            .Select(static word => (Pieces: Characters(word.Key), Count: word.Value))
            .ToList();
        var known = Counts(split, static pieces => pieces)
            .Where(static piece => piece.Value >= LeastCount)
            .Select(static piece => piece.Key)
            .Order(StringComparer.Ordinal)
            .Take(Math.Max(0, size - Special.Length))
            .ToList();
        var pieces = new HashSet<string>(known, StringComparer.Ordinal);
        while (pieces.Count < size - Special.Length && Best(split) is { } pair)
        {
            var joined = Join(pair.First, pair.Second);
            if (pieces.Add(joined))
            {
                known.Add(joined);
            }

            split.ForEach(word => Merge(word.Pieces, pair, joined));
            split.RemoveAll(static word => word.Pieces.Count == 1);
        }

        return [.. Special, .. known, .. words.Where(pieces.Add)];
    }

    private static List<string> Characters(string word) =>
        [.. word.EnumerateRunes().Select(static (rune, place) => place == 0 ? rune.ToString() : $"{ContinuationMark}{rune}")];

    private static (string First, string Second)? Best(List<(List<string> Pieces, int Count)> words)
    {
        var best = Counts(words, static pieces => pieces.Zip(pieces.Skip(1)))
            .Where(static pair => pair.Value >= LeastCount)
            .OrderByDescending(static pair => pair.Value)
            .ThenBy(static pair => pair.Key.First, StringComparer.Ordinal)
            .ThenBy(static pair => pair.Key.Second, StringComparer.Ordinal)
            .Take(1)
            .ToArray();
        return best.Length == 0 ? null : best[0].Key;
    }

    private static Dictionary<T, int> Counts<T>(List<(List<string> Pieces, int Count)> words, Func<List<string>, IEnumerable<T>> of)
        where T : notnull
    {
        var counts = new Dictionary<T, int>();
        foreach (var (pieces, count) in words)
        {
            foreach (var one in of(pieces))
            {
                counts[one] = counts.GetValueOrDefault(one) + count;
            }
        }

        return counts;
    }

    private static void Merge(List<string> pieces, (string First, string Second) pair, string joined)
    {
        for (var i = 0; i + 1 < pieces.Count; i++)
        {
            if (pieces[i] == pair.First && pieces[i + 1] == pair.Second)
            {
                pieces[i] = joined;
                pieces.RemoveAt(i + 1);
            }
        }
    }

    private static string Join(string first, string second) => first + second[ContinuationMark.Length..];
}
