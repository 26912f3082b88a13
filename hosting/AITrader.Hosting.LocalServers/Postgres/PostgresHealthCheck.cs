using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace AITrader.Hosting.LocalServers.Postgres;

/// <summary>Signs in and runs a statement, within two seconds: a server that is stopped still accepts connections.</summary>
internal sealed class PostgresHealthCheck(IResourceWithConnectionString postgres) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // Without a pool: its idle connections would keep the server from stopping.
        var settings = new NpgsqlConnectionStringBuilder(await postgres.GetConnectionStringAsync(cancellationToken)) { Pooling = false };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Timeout);
        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(deadline.Token);
            await using var question = new NpgsqlCommand("SELECT 1", connection);
            await question.ExecuteScalarAsync(deadline.Token);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException refusal)
        {
            return HealthCheckResult.Unhealthy(refusal.Message, refusal);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"no answer in {Timeout.TotalSeconds:0} s");
        }
    }
}
