using System.Text.RegularExpressions;

namespace AITrader.MockLlm.Completions;

/// <summary>Splits text into pieces that stand for tokens: words with the space before them, and single marks.</summary>
internal static partial class Tokens
{
    private const int PerMessage = 3;

    public static IReadOnlyList<string> Split(string text) => [.. Piece().EnumerateMatches(text).Collect(text)];

    /// <summary>Number of tokens of a prompt: its pieces, and a few for each message.</summary>
    public static int Count(IEnumerable<ChatMessage> messages) =>
        messages.Sum(static message => Piece().Count(message.Content) + PerMessage);

    private static List<string> Collect(this Regex.ValueMatchEnumerator matches, string text)
    {
        var pieces = new List<string>();
        foreach (var match in matches)
        {
            pieces.Add(text.Substring(match.Index, match.Length));
        }

        return pieces;
    }

    [GeneratedRegex(@"\s*\w{1,8}|\s*[^\w\s]|\s+")]
    private static partial Regex Piece();
}
