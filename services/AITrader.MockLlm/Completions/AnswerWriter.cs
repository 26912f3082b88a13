using System.Text;
using System.Text.Json;
using AITrader.MockLlm.Faults;

namespace AITrader.MockLlm.Completions;

/// <summary>Sends an answer, complete or streamed, and cuts the connection half way where the fault says so.</summary>
internal sealed class AnswerWriter(HttpContext context, CompletionRequest request, Answer answer, Fault? fault, int seed, long created)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly string _id = $"chatcmpl-{answer.Id}";
    private readonly string _fingerprint = $"fp_mock_{seed}";
    private readonly UsageResponse _usage = new(answer.PromptTokens, answer.Pieces.Count, answer.PromptTokens + answer.Pieces.Count);

    public Task WriteAsync() => request.IsStream ? WriteStreamAsync() : WriteWholeAsync();

    private async Task WriteWholeAsync()
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new CompletionResponse(
                _id,
                "chat.completion",
                created,
                request.Model,
                [new ChoiceResponse(0, new MessageResponse("assistant", answer.Text), answer.FinishReason)],
                _usage,
                _fingerprint
            ),
            Json
        );
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        if (fault?.Truncate == true)
        {
            await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), context.RequestAborted);
            await BreakOffAsync();
            return;
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task WriteStreamAsync()
    {
        context.Response.ContentType = "text/event-stream";
        await SendAsync(Chunk(new DeltaResponse("assistant", string.Empty), finish: null));
        var end = fault?.Truncate == true ? answer.Pieces.Count / 2 : answer.Pieces.Count;
        foreach (var piece in answer.Pieces.Take(end))
        {
            await SendAsync(Chunk(new DeltaResponse(null, piece), finish: null));
        }

        if (fault?.Truncate == true)
        {
            await BreakOffAsync();
            return;
        }

        await SendAsync(Chunk(new DeltaResponse(null, null), answer.FinishReason));
        if (request.WithUsage)
        {
            await SendAsync(new ChunkResponse(_id, "chat.completion.chunk", created, request.Model, [], _usage, _fingerprint));
        }

        await SendTextAsync("[DONE]");
    }

    private ChunkResponse Chunk(DeltaResponse delta, string? finish) =>
        new(_id, "chat.completion.chunk", created, request.Model, [new ChunkChoiceResponse(0, delta, finish)], Usage: null, _fingerprint);

    private Task SendAsync(ChunkResponse chunk) => SendTextAsync(JsonSerializer.Serialize(chunk, Json));

    private async Task SendTextAsync(string data)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"data: {data}\n\n"), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    // The bytes written so far must be sent before the connection is cut.
    private async Task BreakOffAsync()
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }
}
