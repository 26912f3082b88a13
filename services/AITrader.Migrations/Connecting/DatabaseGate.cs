using System.Net.Sockets;
using AITrader.Migrations.Diagnostics;
using AITrader.Storage.Model;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Polly;
using Polly.Retry;

namespace AITrader.Migrations.Connecting;

/// <summary>Waits until the server answers and the database exists.</summary>
internal sealed class DatabaseGate(
    IConfiguration configuration,
    IOptions<MigrationsOptions> options,
    TimeProvider time,
    ILogger<DatabaseGate> log
)
{
    private const string MaintenanceDatabase = "postgres";
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(2);

    /// <summary>Connection string of the database, with secrets.</summary>
    public string ConnectionString => Settings().ConnectionString;

    /// <summary>Waits until a connection can be opened; creates a missing database.</summary>
    /// <exception cref="MigrationFailure">The server does not answer in time, or refuses permanently.</exception>
    public async Task WaitAsync(CancellationToken ct)
    {
        var settings = Settings();
        await Retry(settings).ExecuteAsync(async token => await RefusalAsync(settings, token), ct);
    }

    private ResiliencePipeline<string?> Retry(NpgsqlConnectionStringBuilder settings)
    {
        var start = time.GetTimestamp();
        return new ResiliencePipelineBuilder<string?> { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions<string?>
                {
                    ShouldHandle = static attempt => ValueTask.FromResult(attempt.Outcome.Result is not null),
                    MaxRetryAttempts = int.MaxValue,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = FirstDelay,
                    MaxDelay = MaxDelay,
                    OnRetry = attempt =>
                    {
                        var refusal = attempt.Outcome.Result!;
                        if (time.GetElapsedTime(start) + attempt.RetryDelay > options.Value.WaitForDatabase)
                        {
                            throw new MigrationFailure(
                                $"The database at {settings.Host}:{settings.Port} does not answer after {options.Value.WaitForDatabase.TotalSeconds:0} s: {refusal}."
                            );
                        }

                        log.Waiting(settings.Host, settings.Port, refusal);
                        return ValueTask.CompletedTask;
                    },
                }
            )
            .Build();
    }

    // Null when a connection can be opened; a reason when a retry may help; an exception when it cannot.
    private static async Task<string?> RefusalAsync(NpgsqlConnectionStringBuilder settings, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(ct);
            return null;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await CreateAsync(settings, ct);
            return null;
        }
        catch (PostgresException refused) when (refused.IsTransient || refused.SqlState == PostgresErrorCodes.CannotConnectNow)
        {
            return refused.MessageText;
        }
        catch (PostgresException refused)
        {
            throw new MigrationFailure(
                $"The database at {settings.Host}:{settings.Port} refuses user '{settings.Username}': {refused.MessageText}."
            );
        }
        catch (NpgsqlException failure)
        {
            return (failure.InnerException ?? failure).Message;
        }
        catch (SocketException failure)
        {
            return failure.Message;
        }
    }

    private static async Task CreateAsync(NpgsqlConnectionStringBuilder settings, CancellationToken ct)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Database = MaintenanceDatabase, Pooling = false };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(ct);
        // A name cannot be a parameter; doubled quotes make any name safe.
        var name = settings.Database!.Replace("\"", "\"\"", StringComparison.Ordinal);
        await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
        try
        {
            await create.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException other) when (other.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another instance, or the host, has created it meanwhile.
        }
    }

    private NpgsqlConnectionStringBuilder Settings()
    {
        var text = configuration.GetConnectionString(AITraderDbContext.ConnectionName);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new MigrationFailure($"The database is not configured: set ConnectionStrings:{AITraderDbContext.ConnectionName}.");
        }

        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (ArgumentException malformed)
        {
            throw new MigrationFailure($"ConnectionStrings:{AITraderDbContext.ConnectionName} cannot be read: {malformed.Message}");
        }
    }
}
