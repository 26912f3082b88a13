using System.Text.Json.Serialization;

namespace AITrader.MockLlm.Completions;

/// <summary>A whole answer.</summary>
public sealed record CompletionResponse(
    string Id,
    [property: JsonPropertyName("object")] string Kind,
    long Created,
    string Model,
    IReadOnlyList<ChoiceResponse> Choices,
    UsageResponse Usage,
    string SystemFingerprint
);

/// <summary>One of the answers; there is only one.</summary>
public sealed record ChoiceResponse(int Index, MessageResponse Message, string FinishReason);

/// <summary>What was said.</summary>
public sealed record MessageResponse(string Role, string Content);

/// <summary>A piece of a streamed answer.</summary>
public sealed record ChunkResponse(
    string Id,
    [property: JsonPropertyName("object")] string Kind,
    long Created,
    string Model,
    IReadOnlyList<ChunkChoiceResponse> Choices,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UsageResponse? Usage,
    string SystemFingerprint
);

/// <summary>What a piece adds.</summary>
public sealed record ChunkChoiceResponse(int Index, DeltaResponse Delta, string? FinishReason);

/// <summary>The added text, or the role at the start.</summary>
public sealed record DeltaResponse(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content
);

/// <summary>What was counted.</summary>
public sealed record UsageResponse(int PromptTokens, int CompletionTokens, int TotalTokens);
