using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace AITrader.Hosting.LocalServers.Redis;

/// <summary>Signs in and asks for an answer, within two seconds: a server that is stopped still accepts connections.</summary>
internal sealed class RedisHealthCheck(IResourceWithConnectionString redis) : IHealthCheck
{
    private const int TimeoutMs = 2000;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var options = ConfigurationOptions.Parse(await redis.GetConnectionStringAsync(cancellationToken) ?? string.Empty);
        options.ConnectTimeout = options.SyncTimeout = options.AsyncTimeout = TimeoutMs;
        options.ConnectRetry = 0;
        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
            await connection.GetDatabase().PingAsync();
            return HealthCheckResult.Healthy();
        }
        catch (Exception refusal) when (refusal is RedisException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"no answer in {TimeoutMs / 1000} s", refusal);
        }
    }
}
