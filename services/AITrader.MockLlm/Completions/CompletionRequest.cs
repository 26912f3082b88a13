using System.Text;
using System.Text.Json;

namespace AITrader.MockLlm.Completions;

/// <summary>The supported part of a chat request. All other members are accepted and ignored.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Messages">Role and text of each message.</param>
/// <param name="IsStream">Whether the answer is streamed.</param>
/// <param name="WithUsage">Whether a streamed answer ends with its usage.</param>
/// <param name="MaxTokens">Maximum number of tokens of the answer.</param>
/// <param name="Seed">Seed of the request; another seed gives another answer.</param>
/// <param name="Format">Format of the answer: text, json_object or json_schema.</param>
/// <param name="Schema">The schema of the answer.</param>
internal sealed record CompletionRequest(
    string Model,
    IReadOnlyList<ChatMessage> Messages,
    bool IsStream,
    bool WithUsage,
    int MaxTokens,
    long Seed,
    string Format,
    JsonElement? Schema
)
{
    private const int DefaultMaxTokens = 1024;

    /// <summary>Parses a request; otherwise returns the error and the parameter that caused it.</summary>
    public static (CompletionRequest? Request, string? Error, string? Param) TryCreate(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return (null, "The body must be a JSON object.", null);
        }

        if (body.Text("model") is not { Length: > 0 } model)
        {
            return (null, "You must provide a model parameter.", "model");
        }

        if (ReadMessages(body) is not { Count: > 0 } messages)
        {
            return (null, "'messages' must be a non-empty array of objects with a role and a content.", "messages");
        }

        var maxTokens = body.Number("max_completion_tokens") ?? body.Number("max_tokens") ?? DefaultMaxTokens;
        return maxTokens is < 1 or > int.MaxValue
            ? (null, "'max_tokens' must be at least 1.", "max_tokens")
            : (Create(body, model, messages, (int)maxTokens), null, null);
    }

    private static CompletionRequest Create(JsonElement body, string model, IReadOnlyList<ChatMessage> messages, int maxTokens)
    {
        var format = body.Child("response_format");
        return new CompletionRequest(
            model,
            messages,
            body.Flag("stream"),
            body.Child("stream_options")?.Flag("include_usage") ?? false,
            maxTokens,
            body.Number("seed") ?? 0,
            format?.Text("type") ?? "text",
            format?.Child("json_schema")?.Child("schema")
        );
    }

    private static List<ChatMessage>? ReadMessages(JsonElement body)
    {
        if (body.Child("messages") is not { ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        var messages = new List<ChatMessage>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.Text("role") is not { Length: > 0 } role)
            {
                return null;
            }

            messages.Add(new ChatMessage(role, ContentOf(item)));
        }

        return messages;
    }

    // A content is a text, a list of parts of which some are texts, or missing (a message that only calls tools).
    private static string ContentOf(JsonElement message)
    {
        if (message.Child("content") is not { ValueKind: JsonValueKind.Array } parts)
        {
            return message.Text("content") ?? string.Empty;
        }

        var text = new StringBuilder();
        foreach (var part in parts.EnumerateArray())
        {
            text.Append(part.Text("text"));
        }

        return text.ToString();
    }
}

/// <summary>One message of a conversation.</summary>
internal sealed record ChatMessage(string Role, string Content);
