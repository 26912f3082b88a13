using System.Text.Json.Nodes;
using AITrader.MockLlm.Protocol;
using Microsoft.Extensions.Options;

namespace AITrader.MockLlm.Completions;

/// <summary>Gives the same answer to the same request. The answer states that it is no advice.</summary>
internal sealed class Answerer(IOptions<MockLlmOptions> options)
{
    private static readonly string[] Stances = ["BUY", "SELL", "HOLD"];

    private static readonly string[] Reasons =
    [
        "momentum and volume point the same way",
        "the spread leaves little room after fees",
        "the move has outrun its average",
        "nothing in the question separates signal from noise",
        "the risk is out of proportion to the edge",
        "the trend is young and orderly",
    ];

    public Answer Answer(CompletionRequest request)
    {
        var draw = Draw.From(options.Value.Seed, request);
        var pieces = Tokens.Split(Write(request, draw));
        var isCut = pieces.Count > request.MaxTokens;
        return new Answer(
            draw.Name,
            isCut ? [.. pieces.Take(request.MaxTokens)] : pieces,
            isCut ? "length" : "stop",
            Tokens.Count(request.Messages)
        );
    }

    private static string Write(CompletionRequest request, Draw draw) =>
        request.Format switch
        {
            "json_schema" when request.Schema is { } schema => Obedience.Apply(request, SchemaAnswer.Make(schema, draw))?.ToJsonString()
                ?? "null",
            "json_object" or "json_schema" => new JsonObject
            {
                ["stance"] = Stances[draw.Next(Stances.Length)],
                ["confidence"] = draw.NextFraction(),
                ["reason"] = Reasons[draw.Next(Reasons.Length)],
                ["mock"] = true,
            }.ToJsonString(),
            _ => $"Mock answer {draw.Name[..8]}: {Stances[draw.Next(Stances.Length)]}, because {Reasons[draw.Next(Reasons.Length)]}. "
                + "This text follows from a hash of the question; it is no advice.",
        };
}

/// <summary>An answer, split into tokens.</summary>
internal sealed record Answer(string Id, IReadOnlyList<string> Pieces, string FinishReason, int PromptTokens)
{
    public string Text => string.Concat(Pieces);
}
