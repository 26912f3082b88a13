using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AITrader.MockLlm.Completions;

/// <summary>Does what a planted instruction says, as weak models do, so that a client can show what it withstands.</summary>
internal static partial class Obedience
{
    private const string Anywhere = "mock-gullible";
    private const string OutsideOfPassages = "mock-instructed";

    /// <summary>Sets members of an answer that a message says to set: <c>answer NAME=NUMBER</c>.</summary>
    public static JsonNode? Apply(CompletionRequest request, JsonNode? made)
    {
        if (made is not JsonObject answer || request.Model is not (Anywhere or OutsideOfPassages))
        {
            return made;
        }

        foreach (var message in request.Messages)
        {
            var heard = request.Model == Anywhere ? message.Content : Passage().Replace(message.Content, string.Empty);
            foreach (Match match in Instruction().Matches(heard))
            {
                if (answer.ContainsKey(match.Groups[1].Value))
                {
                    answer[match.Groups[1].Value] = double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
                }
            }
        }

        return answer;
    }

    [GeneratedRegex(@"answer\s+(\w{1,40})\s*=\s*(-?\d{1,9}(?:\.\d{1,9})?)", RegexOptions.IgnoreCase)]
    private static partial Regex Instruction();

    [GeneratedRegex(@"<passage\b.*?</passage>", RegexOptions.Singleline)]
    private static partial Regex Passage();
}
