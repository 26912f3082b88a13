using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AITrader.Learning.Sentiment;

/// <summary>Rows to train with, to end the training by, and to judge it by.</summary>
/// <param name="Training">Weights and vocabulary are made of these.</param>
/// <param name="Validation">The training ends when these are said no better; the best model is chosen by them.</param>
/// <param name="HeldOut">Nothing is chosen by these.</param>
/// <param name="Dropped">Rows left out of the first two because one about the same is in a later part.</param>
public sealed partial record SentimentSplit(
    IReadOnlyList<SentimentRow> Training,
    IReadOnlyList<SentimentRow> Validation,
    IReadOnlyList<SentimentRow> HeldOut,
    int Dropped
)
{
    private const double HeldOutShare = 0.2;
    private const double ValidationShare = 0.12;

    // Share of words in common from which two texts are about the same.
    private const double Alike = 0.7;

    /// <summary>Splits rows by the hash of their words: the same rows and seed give the same parts in whatever order they come, and texts
    /// that differ in links, tickers, numbers, case or order of words alone are in one part.</summary>
    public static SentimentSplit Of(IReadOnlyList<SentimentRow> rows, int seed)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var parts = rows.Select(row => (Row: row, Words: WordsOf(row.Text)))
            .OrderBy(static row => row.Row.Text, StringComparer.Ordinal)
            .ToLookup(row =>
                Place(row.Words, seed) switch
                {
                    < HeldOutShare => 2,
                    < HeldOutShare + ValidationShare => 1,
                    _ => 0,
                }
            );
        var held = parts[2].ToList();
        var validation = Without(parts[1].ToList(), held);
        var training = Without(parts[0].ToList(), [.. held, .. validation]);
        return new SentimentSplit(
            [.. training.Select(static row => row.Row)],
            [.. validation.Select(static row => row.Row)],
            [.. held.Select(static row => row.Row)],
            rows.Count - training.Count - validation.Count - held.Count
        );
    }

    /// <summary>The words of a text that make it what it is.</summary>
    internal static HashSet<string> WordsOf(string text) =>
        [.. Word().Matches(Noise().Replace(text, " ").ToLowerInvariant()).Select(static word => word.Value)];

    private static List<(SentimentRow Row, HashSet<string> Words)> Without(
        List<(SentimentRow Row, HashSet<string> Words)> rows,
        List<(SentimentRow Row, HashSet<string> Words)> later
    ) => [.. rows.Where(row => !later.Exists(other => AreAlike(row.Words, other.Words)))];

    private static bool AreAlike(HashSet<string> one, HashSet<string> other)
    {
        var (few, many) = one.Count < other.Count ? (one, other) : (other, one);
        if (few.Count < Alike * many.Count)
        {
            return false;
        }

        var common = few.Count(many.Contains);
        return common >= Alike * (one.Count + other.Count - common);
    }

    // From 0 to 1, evenly.
    private static double Place(HashSet<string> words, int seed)
    {
        var text = $"{seed}|{string.Join(' ', words.Order(StringComparer.Ordinal))}";
        return BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) / (double)uint.MaxValue;
    }

    [GeneratedRegex(@"https?://\S+|\$[A-Za-z.]+|[@#]\S+|[0-9]+")]
    private static partial Regex Noise();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}
