using AITrader.Migrations.Diagnostics;
using AITrader.Storage.Model;
using AITrader.Storage.Schema;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
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
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(2);

    /// <summary>Connection string of the database, with secrets.</summary>
    public string ConnectionString => Database().ConnectionString;

    /// <summary>Waits until a connection can be opened; creates a missing database.</summary>
    /// <exception cref="MigrationFailure">The server does not answer in time.</exception>
    /// <exception cref="DatabaseRefusedException">It refuses permanently.</exception>
    public async Task WaitAsync(CancellationToken ct)
    {
        var database = Database();
        await Retry(database).ExecuteAsync(async token => await database.RefusalAsync(token), ct);
    }

    private ResiliencePipeline<string?> Retry(ServerDatabase database)
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
                                $"The database at {database.Host}:{database.Port} does not answer after {options.Value.WaitForDatabase.TotalSeconds:0} s: {refusal}."
                            );
                        }

                        log.Waiting(database.Host, database.Port, refusal);
                        return ValueTask.CompletedTask;
                    },
                }
            )
            .Build();
    }

    private ServerDatabase Database()
    {
        var text = configuration.GetConnectionString(AITraderDbContext.ConnectionName);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new MigrationFailure($"The database is not configured: set ConnectionStrings:{AITraderDbContext.ConnectionName}.");
        }

        try
        {
            return new ServerDatabase(text);
        }
        catch (ArgumentException malformed)
        {
            throw new MigrationFailure($"ConnectionStrings:{AITraderDbContext.ConnectionName} cannot be read: {malformed.Message}");
        }
    }
}
