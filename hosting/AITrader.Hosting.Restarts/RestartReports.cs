using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using StackExchange.Redis;

namespace AITrader.Hosting.Restarts;

/// <summary>Writes restarts into the Redis hash <c>supervisor:restarts</c>, one field per resource, for the gateway.</summary>
/// <param name="redis">The Redis server. It may be down itself; then a report is written with the next one.</param>
internal sealed class RestartReports(IResourceWithConnectionString redis)
{
    /// <summary>The hash; its fields hold JSON: <c>restarts</c>, <c>left_down</c>, <c>reason</c>, <c>at</c>.</summary>
    public const string Key = "supervisor:restarts";

    private const int TimeoutMs = 2000;

    /// <summary>Replaces the content of the hash.</summary>
    /// <returns>False where Redis does not answer.</returns>
    public async Task<bool> TryWriteAsync(IReadOnlyCollection<RestartReport> reports, CancellationToken cancellationToken)
    {
        var options = ConfigurationOptions.Parse(await redis.GetConnectionStringAsync(cancellationToken) ?? string.Empty);
        options.ConnectTimeout = options.AsyncTimeout = TimeoutMs;
        options.ConnectRetry = 0;
        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
            var all = connection.GetDatabase().CreateTransaction();
            _ = all.KeyDeleteAsync(Key);
            if (reports.Count > 0)
            {
                _ = all.HashSetAsync(
                    Key,
                    [
                        .. reports.Select(static report => new HashEntry(
                            report.Resource,
                            JsonSerializer.Serialize(report, RestartJsonContext.Default.RestartReport)
                        )),
                    ]
                );
            }

            return await all.ExecuteAsync();
        }
        catch (Exception outage) when (outage is RedisException or TimeoutException)
        {
            return false;
        }
    }
}
