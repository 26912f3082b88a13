using System.Net;
using System.Text.Json;
using AITrader.Contracts.Strategies;
using Microsoft.AspNetCore.Mvc;

namespace AITrader.Backend.Strategies;

/// <summary>Answer of the strategy engine to a request about one strategy.</summary>
/// <param name="Report">The strategy; null where it was refused.</param>
/// <param name="Problem">Why it was refused; null where the engine cannot be reached.</param>
internal readonly record struct StrategyReply(StrategyReport? Report, ProblemDetails? Problem);

/// <summary>Client of the strategy engine's list of hosted strategies.</summary>
internal sealed class StrategyEngineClient(IHttpClientFactory clients, IConfiguration configuration)
{
    public const string ClientName = "strategy-engine";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly Uri Root = new("http://strategy-engine/");
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>The hosted strategies; null where the engine does not answer.</summary>
    public Task<IReadOnlyList<StrategyReport>?> ListAsync(CancellationToken ct) =>
        AskAsync<IReadOnlyList<StrategyReport>?>(
            static async (client, token) =>
            {
                using var answer = await client.GetAsync(new Uri(Root, "strategies"), token);
                return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<List<StrategyReport>>(Json, token) : null;
            },
            ct
        );

    /// <summary>Has a strategy loaded anew.</summary>
    public Task<StrategyReply> ReloadAsync(string name, CancellationToken ct) =>
        AskAsync(
            async (client, token) =>
            {
                using var answer = await client.PostAsync(new Uri(Root, $"strategies/{Uri.EscapeDataString(name)}/reload"), null, token);
                return answer.StatusCode switch
                {
                    HttpStatusCode.Accepted => new StrategyReply(await answer.Content.ReadFromJsonAsync<StrategyReport>(Json, token), null),
                    HttpStatusCode.NotFound or HttpStatusCode.Conflict => new StrategyReply(
                        null,
                        await answer.Content.ReadFromJsonAsync<ProblemDetails>(Json, token)
                    ),
                    _ => default,
                };
            },
            ct
        );

    private async Task<T?> AskAsync<T>(Func<HttpClient, CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        if (!configuration.GetSection("services:strategy-engine").Exists())
        {
            return default;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Timeout);
        try
        {
            using var client = clients.CreateClient(ClientName);
            return await ask(client, limit.Token);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or JsonException || (failure is OperationCanceledException && !ct.IsCancellationRequested)
            )
        {
            return default;
        }
    }
}
