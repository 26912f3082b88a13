using System.Net;
using System.Text.Json;
using AITrader.Backend.Data;
using AITrader.Contracts.Replays;
using Microsoft.AspNetCore.Mvc;

namespace AITrader.Backend.Replays;

/// <summary>Answer of market-data to a command.</summary>
/// <param name="Report">State of the replay; null where it was refused.</param>
/// <param name="Problem">Why it was refused; null where market-data cannot be reached.</param>
internal readonly record struct ReplayReply(ReplayReport? Report, ProblemDetails? Problem);

/// <summary>Client of market-data's replay API.</summary>
internal sealed class MarketDataClient : IDisposable
{
    public const string ClientName = "market-data";

    private static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(20);
    private static readonly Uri Root = new("http://market-data/");
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly IHttpClientFactory _clients;
    private readonly IConfiguration _configuration;
    private readonly CachedValue<ReplayReport?> _report;

    public MarketDataClient(IHttpClientFactory clients, IConfiguration configuration, TimeProvider time)
    {
        (_clients, _configuration) = (clients, configuration);
        _report = new CachedValue<ReplayReport?>(FetchAsync, time);
    }

    /// <summary>State of the replay; null where market-data does not answer.</summary>
    public Task<ReplayReport?> GetAsync(CancellationToken ct) => _report.GetAsync(MaxAge, ct);

    /// <summary>Sends a command, such as replay/pause.</summary>
    public async Task<ReplayReply> SendAsync<TBody>(string path, TBody body, CancellationToken ct)
    {
        if (!IsConfigured)
        {
            return default;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(CommandTimeout);
        try
        {
            using var client = _clients.CreateClient(ClientName);
            using var answer = await client.PostAsJsonAsync(new Uri(Root, path), body, Json, limit.Token);
            return await ReadAsync(answer, limit.Token);
        }
        catch (Exception failure) when (IsAway(failure, ct))
        {
            return default;
        }
    }

    public void Dispose() => _report.Dispose();

    private bool IsConfigured => _configuration.GetSection("services:market-data").Exists();

    private static async Task<ReplayReply> ReadAsync(HttpResponseMessage answer, CancellationToken ct) =>
        answer.StatusCode switch
        {
            HttpStatusCode.Accepted or HttpStatusCode.OK => new ReplayReply(
                await answer.Content.ReadFromJsonAsync<ReplayReport>(Json, ct),
                null
            ),
            HttpStatusCode.BadRequest or HttpStatusCode.Conflict => new ReplayReply(
                null,
                await answer.Content.ReadFromJsonAsync<ProblemDetails>(Json, ct)
            ),
            _ => default,
        };

    private async Task<ReplayReport?> FetchAsync(CancellationToken ct)
    {
        if (!IsConfigured)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(ReadTimeout);
        try
        {
            using var client = _clients.CreateClient(ClientName);
            using var answer = await client.GetAsync(new Uri(Root, "replay"), limit.Token);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<ReplayReport>(Json, limit.Token) : null;
        }
        catch (Exception failure) when (IsAway(failure, ct))
        {
            return null;
        }
    }

    private static bool IsAway(Exception failure, CancellationToken ct) =>
        failure is HttpRequestException or JsonException || (failure is OperationCanceledException && !ct.IsCancellationRequested);
}
