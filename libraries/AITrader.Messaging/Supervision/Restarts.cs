using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Contracts;
using AITrader.Messaging.Redis;

namespace AITrader.Messaging.Supervision;

/// <summary>Reads the restarts that a supervisor reports for its services. For a service that no supervisor reports, the count that the
/// service keeps itself is used.</summary>
internal sealed class Restarts(RedisBus bus) : IRestarts
{
    public async Task<IReadOnlyDictionary<string, ServiceRestarts>> ReadAsync(IReadOnlyList<string> services, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(services);
        var board = bus.Database.HashGetAllAsync(CacheKeys.SupervisorRestarts);
        var counts = Task.WhenAll(services.Select(service => bus.Database.HashValuesAsync(bus.Key(CacheKeys.Restarts(service)))));
        await RedisFailures.OrUnavailable(
            async () =>
            {
                await board;
                return await counts;
            },
            "read restarts",
            ct
        );

        var all = new Dictionary<string, ServiceRestarts>(StringComparer.Ordinal);
        foreach (var (service, starts) in services.Zip(await counts))
        {
            all[service] = new ServiceRestarts(starts.Sum(static count => (int)count - 1), string.Empty);
        }

        foreach (var entry in await board)
        {
            if (JsonSerializer.Deserialize(entry.Value.ToString(), RestartJson.Default.SupervisorReport) is { } report)
            {
                all[entry.Name.ToString()] = new ServiceRestarts(report.Restarts, report.LeftDown ? report.Reason : string.Empty);
            }
        }

        return all;
    }
}

/// <summary>The report of a supervisor about one resource.</summary>
internal sealed record SupervisorReport(int Restarts, bool LeftDown, string Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SupervisorReport))]
internal sealed partial class RestartJson : JsonSerializerContext;
