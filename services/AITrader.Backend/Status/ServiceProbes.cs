using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Status;

/// <summary>Asks every service for its health, all at once, and remembers the answers for a moment.</summary>
internal sealed class ServiceProbes : IDisposable
{
    public const string ClientName = "probe";
    public const string Unhealthy = "unhealthy";

    private const string Healthy = "healthy";
    private const string Unknown = "unknown";

    // Names of the topology; one that this deployment gives no address for is reported as unknown.
    private static readonly string[] Names =
    [
        "market-data", "pattern-engine", "strategy-engine", "execution-engine", "onnx-runner", "tensorrt-runner",
        "sentiment-engine", "finbert-server", "worker", "mock-mcp", "mock-llm",
    ];

    private readonly IHttpClientFactory _clients;
    private readonly HealthCheckService _own;
    private readonly IConfiguration _configuration;
    private readonly StatusOptions _options;
    private readonly Remembered<IReadOnlyList<ServiceStatus>> _answers;

    public ServiceProbes(
        IHttpClientFactory clients, HealthCheckService own, IConfiguration configuration, IOptions<StatusOptions> options, TimeProvider time)
    {
        (_clients, _own, _configuration, _options) = (clients, own, configuration, options.Value);
        _answers = new Remembered<IReadOnlyList<ServiceStatus>>(ProbeAllAsync, time);
    }

    public Task<IReadOnlyList<ServiceStatus>> GetAsync(CancellationToken ct) => _answers.GetAsync(_options.ProbeAge, ct);

    public void Dispose() => _answers.Dispose();

    private async Task<IReadOnlyList<ServiceStatus>> ProbeAllAsync(CancellationToken ct)
    {
        var own = ProbeStoresAsync(ct);
        var others = await Task.WhenAll(Names.Select(name => ProbeAsync(name, ct)));
        return [.. await own, .. others];
    }

    // What this gateway depends on itself.
    private async Task<IEnumerable<ServiceStatus>> ProbeStoresAsync(CancellationToken ct)
    {
        var report = await _own.CheckHealthAsync(static check => StoreOf(check.Name) is not null, ct);
        return report.Entries.Select(static entry => new ServiceStatus(
            StoreOf(entry.Key)!,
            entry.Value.Status == HealthStatus.Unhealthy ? Unhealthy : Healthy,
            entry.Value.Status == HealthStatus.Healthy ? null : "does not answer"));
    }

    private static string? StoreOf(string check) =>
        check.Contains("redis", StringComparison.OrdinalIgnoreCase) ? "redis"
        : check.Contains("DbContext", StringComparison.Ordinal) ? "postgres"
        : null;

    private async Task<ServiceStatus> ProbeAsync(string name, CancellationToken ct)
    {
        if (!_configuration.GetSection($"services:{name}").Exists())
        {
            return new ServiceStatus(name, Unknown, "no address configured");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_options.ProbeTimeout);
        try
        {
            using var client = _clients.CreateClient(ClientName);
            using var answer = await client.GetAsync(new Uri($"http://{name}/health"), limit.Token);
            var troubles = HealthReports.Troubles(await answer.Content.ReadAsStringAsync(limit.Token));
            return new ServiceStatus(name, answer.IsSuccessStatusCode ? Healthy : Unhealthy, troubles);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new ServiceStatus(name, Unhealthy, $"no answer within {_options.ProbeTimeout.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException)
        {
            return new ServiceStatus(name, Unhealthy, "cannot be reached");
        }
    }
}
