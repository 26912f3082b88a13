using AITrader.Backend.Data;
using AITrader.Messaging;
using AITrader.Messaging.Hosting;
using AITrader.ServiceDefaults.Identity;
using AITrader.Storage;
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
        "market-data",
        "pattern-engine",
        "strategy-engine",
        "execution-engine",
        "onnx-runner",
        "tensorrt-runner",
        "sentiment-engine",
        "finbert-server",
        "worker",
        "mock-mcp",
        "mock-llm",
    ];

    private static readonly string[] Stores = [MessagingExtensions.HealthCheckName, StorageHostExtensions.HealthCheckName];

    private readonly IHttpClientFactory _clients;
    private readonly HealthCheckService _health;
    private readonly IRestarts _restarts;
    private readonly ServiceIdentity _identity;
    private readonly ServiceInstance _instance;
    private readonly IConfiguration _configuration;
    private readonly StatusOptions _options;
    private readonly CachedValue<IReadOnlyList<ServiceStatus>> _answers;

    public ServiceProbes(
        IHttpClientFactory clients,
        HealthCheckService health,
        IRestarts restarts,
        ServiceIdentity identity,
        ServiceInstance instance,
        IConfiguration configuration,
        IOptions<StatusOptions> options,
        TimeProvider time
    )
    {
        (_clients, _health, _restarts) = (clients, health, restarts);
        (_identity, _instance, _configuration, _options) = (identity, instance, configuration, options.Value);
        _answers = new CachedValue<IReadOnlyList<ServiceStatus>>(ProbeAllAsync, time);
    }

    public Task<IReadOnlyList<ServiceStatus>> GetAsync(CancellationToken ct) => _answers.GetAsync(_options.ProbeAge, ct);

    public void Dispose() => _answers.Dispose();

    private async Task<IReadOnlyList<ServiceStatus>> ProbeAllAsync(CancellationToken ct)
    {
        var stores = ProbeStoresAsync(ct);
        var restarts = RestartsAsync(ct);
        var others = await Task.WhenAll(Names.Select(name => ProbeAsync(name, ct)));
        ServiceStatus[] all = [Own(), .. await stores, .. others];
        return await restarts is { } known ? Array.ConvertAll(all, service => With(service, known.GetValueOrDefault(service.Name))) : all;
    }

    private static ServiceStatus With(ServiceStatus service, ServiceRestarts? known) =>
        known is null
            ? service
            : service with
            {
                Restarts = known.Count,
                Detail = known.LeftDown.Length > 0 ? $"left down after repeated failures: {known.LeftDown}" : service.Detail,
            };

    // Null without Redis, whose outage is reported elsewhere.
    private async Task<IReadOnlyDictionary<string, ServiceRestarts>?> RestartsAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_options.PartTimeout);
        try
        {
            return await _restarts.ReadAsync([_identity.Resource, .. Names], limit.Token);
        }
        catch (Exception failure)
            when (failure is BusUnavailableException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    // Who answers is well.
    private ServiceStatus Own() =>
        new(_identity.Resource, Healthy, Detail: null, StartedAt: _instance.StartedAt, Instance: _instance.Id, Version: _instance.Version);

    // What this gateway depends on itself.
    private async Task<IEnumerable<ServiceStatus>> ProbeStoresAsync(CancellationToken ct)
    {
        var report = await _health.CheckHealthAsync(static check => Stores.Contains(check.Name), ct);
        return report.Entries.Select(static entry => new ServiceStatus(
            entry.Key,
            entry.Value.Status == HealthStatus.Unhealthy ? Unhealthy : Healthy,
            entry.Value.Status == HealthStatus.Healthy ? null
                : entry.Value.Description is { Length: > 0 } text && entry.Value.Exception is null ? text
                : "cannot be reached"
        ));
    }

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
            var reading = HealthReports.Read(await answer.Content.ReadAsStringAsync(limit.Token));
            return new ServiceStatus(
                name,
                answer.IsSuccessStatusCode ? Healthy : Unhealthy,
                reading.Troubles,
                reading.StartedAt,
                Instance: reading.Instance,
                Version: reading.Version
            );
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
