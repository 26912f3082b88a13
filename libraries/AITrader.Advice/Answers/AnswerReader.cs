using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AITrader.Advice.Answers;

/// <summary>An answer that is what was asked for.</summary>
/// <param name="Advice">From -1 (sell) to 1 (buy).</param>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Suggestion">For a person. Its words come from a model that has read text from outside: show it as text.</param>
/// <param name="Citations">Numbers of the passages that were used, from 1, ascending.</param>
public sealed record AdviceAnswer(double Advice, double Confidence, string Suggestion, IReadOnlyList<int> Citations);

/// <summary>Takes an answer as it is or not at all: nothing is repaired, cut or moved into its range.</summary>
internal static class AnswerReader
{
    private const int MaxText = 20_000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary>The answer, or why there is none.</summary>
    public static (AdviceAnswer? Answer, string? Fault) Read(ChatResponse response, int passages)
    {
        if (FaultOfEnd(response) is { } fault)
        {
            return (null, fault);
        }

        try
        {
            using var document = JsonDocument.Parse(response.Text, Strict);
            return ReadObject(document.RootElement, passages);
        }
        catch (JsonException)
        {
            return (null, "The answer is not JSON.");
        }
    }

    // A text that was cut can still be JSON: the end is looked at before the text.
    private static string? FaultOfEnd(ChatResponse response) =>
        response.FinishReason == ChatFinishReason.Length ? "The answer was cut at the limit of tokens."
        : response.FinishReason == ChatFinishReason.ContentFilter ? "The endpoint's filter withheld the answer."
        : response.Messages.SelectMany(static message => message.Contents).OfType<ErrorContent>().Any() ? "The model refused to answer."
        : string.IsNullOrWhiteSpace(response.Text) ? "The answer is empty."
        : response.Text.Length > MaxText ? $"The answer is longer than {MaxText} characters."
        : null;

    private static (AdviceAnswer? Answer, string? Fault) ReadObject(JsonElement root, int passages)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return (null, "The answer is not a JSON object.");
        }

        if (
            root.EnumerateObject().FirstOrDefault(static member => !IsKnown(member.Name)) is
            { Value.ValueKind: not JsonValueKind.Undefined }
        )
        {
            return (null, "The answer has members that were not asked for.");
        }

        if (Number(root, AnswerSchema.Advice, -1) is not { } advice)
        {
            return (null, "The advice is not a number from -1 to 1.");
        }

        if (Number(root, AnswerSchema.Confidence, 0) is not { } confidence)
        {
            return (null, "The confidence is not a number from 0 to 1.");
        }

        if (Text(root) is not { } suggestion)
        {
            return (null, $"The suggestion is not a text of 1 to {AnswerSchema.MaxSuggestion} characters.");
        }

        return Citations(root, passages) is { } citations
            ? (new AdviceAnswer(advice, confidence, suggestion, citations), null)
            : (null, "The citations are not numbers of the passages.");
    }

    private static bool IsKnown(string name) =>
        name is AnswerSchema.Advice or AnswerSchema.Confidence or AnswerSchema.Suggestion or AnswerSchema.Citations;

    // A number too large for a double reads as infinity, which is in no range.
    private static double? Number(JsonElement root, string name, double least) =>
        root.TryGetProperty(name, out var member)
        && member.ValueKind == JsonValueKind.Number
        && member.TryGetDouble(out var number)
        && number >= least
        && number <= 1
            ? number
            : null;

    private static string? Text(JsonElement root) =>
        root.TryGetProperty(AnswerSchema.Suggestion, out var member)
        && member.ValueKind == JsonValueKind.String
        && IsUsable(member.GetString()!)
            ? member.GetString()
            : null;

    private static bool IsUsable(string text) =>
        !string.IsNullOrWhiteSpace(text)
        && text.Length <= AnswerSchema.MaxSuggestion
        && !text.Any(static letter => char.IsControl(letter) && letter != '\n');

    private static List<int>? Citations(JsonElement root, int passages)
    {
        if (!root.TryGetProperty(AnswerSchema.Citations, out var list))
        {
            return passages == 0 ? [] : null;
        }

        var numbers = new SortedSet<int>();
        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out var number) || number < 1 || number > passages)
            {
                return null;
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }
}
