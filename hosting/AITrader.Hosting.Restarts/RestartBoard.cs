using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using StackExchange.Redis;

namespace AITrader.Hosting.Restarts;

/// <summary>Writes restarts where the gateway can read them: hash <c>supervisor:restarts</c>, a field a resource.</summary>
/// <param name="redis">Where to; itself among the resources that may be down, so a report that fails is written with the next one.</param>
internal sealed class RestartBoard(IResourceWithConnectionString redis)
{
    /// <summary>The hash; its fields hold JSON: <c>restarts</c>, <c>left_down</c>, <c>reason</c>, <c>at</c>.</summary>
    public const string Key = "supervisor:restarts";

    private const int TimeoutMs = 2000;

    /// <summary>Replaces what the hash says.</summary>
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
