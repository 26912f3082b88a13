using System.Text.Json.Serialization;

namespace AITrader.MockLlm.Completions;

/// <summary>A complete answer.</summary>
public sealed record CompletionResponse(
    string Id,
    [property: JsonPropertyName("object")] string Kind,
    long Created,
    string Model,
    IReadOnlyList<ChoiceResponse> Choices,
    UsageResponse Usage,
    string SystemFingerprint
);

/// <summary>One choice of an answer; there is always exactly one.</summary>
public sealed record ChoiceResponse(int Index, MessageResponse Message, string FinishReason);

/// <summary>The message of the answer.</summary>
public sealed record MessageResponse(string Role, string Content);

/// <summary>One chunk of a streamed answer.</summary>
public sealed record ChunkResponse(
    string Id,
    [property: JsonPropertyName("object")] string Kind,
    long Created,
    string Model,
    IReadOnlyList<ChunkChoiceResponse> Choices,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UsageResponse? Usage,
    string SystemFingerprint
);

/// <summary>The choice in a chunk of a streamed answer.</summary>
public sealed record ChunkChoiceResponse(int Index, DeltaResponse Delta, string? FinishReason);

/// <summary>The added text, or the role at the start.</summary>
public sealed record DeltaResponse(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content
);

/// <summary>Token counts of a request and its answer.</summary>
public sealed record UsageResponse(int PromptTokens, int CompletionTokens, int TotalTokens);
