using System.Text.Json;

namespace AITrader.Backend.Status;

/// <summary>Asks market-data how fast it replays.</summary>
internal sealed class ReplaySpeed : IDisposable
{
    public const string ClientName = "market-data";

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IHttpClientFactory _clients;
    private readonly IConfiguration _configuration;
    private readonly Remembered<string?> _speed;

    public ReplaySpeed(IHttpClientFactory clients, IConfiguration configuration, TimeProvider time)
    {
        (_clients, _configuration) = (clients, configuration);
        _speed = new Remembered<string?>(AskAsync, time);
    }

    /// <summary>Times real time, or max; null where market-data does not say.</summary>
    public Task<string?> GetAsync(CancellationToken ct) => _speed.GetAsync(MaxAge, ct);

    public void Dispose() => _speed.Dispose();

    private async Task<string?> AskAsync(CancellationToken ct)
    {
        if (!_configuration.GetSection("services:market-data").Exists())
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var client = _clients.CreateClient(ClientName);
            using var answer = await client.GetAsync(new Uri("http://market-data/replay"), limit.Token);
            return answer.IsSuccessStatusCode ? SpeedOf(await answer.Content.ReadAsStringAsync(limit.Token)) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    // {"speed":"max"} or {"speed":20}; where there is no replay, the answer has none.
    private static string? SpeedOf(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("speed", out var speed)
                ? speed.ToString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
