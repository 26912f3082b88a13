using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace AITrader.Backend.Postbacks;

/// <summary>What the execution engine made of a postback.</summary>
/// <param name="IsTaken">Whether it was taken.</param>
/// <param name="Problem">Why it was refused; null where the engine cannot be reached.</param>
internal readonly record struct PostbackReply(bool IsTaken, ProblemDetails? Problem);

/// <summary>Client of the execution engine, which alone knows the secret that postbacks are checked with.</summary>
internal sealed class ExecutionEngineClient(IHttpClientFactory clients, IConfiguration configuration)
{
    public const string ClientName = "execution-engine";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly Uri Postback = new("http://execution-engine/broker/postback");

    /// <summary>Hands a postback on as it came.</summary>
    public async Task<PostbackReply> PostAsync(ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        if (!configuration.GetSection("services:execution-engine").Exists())
        {
            return default;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Timeout);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var content = new ReadOnlyMemoryContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Octet);
            using var answer = await client.PostAsync(Postback, content, limit.Token);
            return answer.StatusCode switch
            {
                HttpStatusCode.NoContent => new PostbackReply(true, null),
                HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound => new PostbackReply(
                    false,
                    await answer.Content.ReadFromJsonAsync<ProblemDetails>(limit.Token)
                ),
                _ => default,
            };
        }
        catch (Exception failure)
            when (failure is HttpRequestException or JsonException || (failure is OperationCanceledException && !ct.IsCancellationRequested)
            )
        {
            return default;
        }
    }
}
