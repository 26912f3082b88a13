using AITrader.Migrations.Connecting;
using AITrader.Migrations.Diagnostics;
using AITrader.Migrations.Schema;
using AITrader.Storage.Roles;
using AITrader.Storage.Schema;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AITrader.Migrations.Commands;

/// <summary>Runs the migrations once, logs the result in one line and returns the exit code.</summary>
internal sealed class MigrationCommand(IServiceProvider services, ILogger<MigrationCommand> log)
{
    private const int Success = 0;
    private const int Failure = 1;

    public int Check()
    {
        if (SchemaTurns.ModelAgrees())
        {
            log.ModelAgrees();
            return Success;
        }

        log.Failed("The model has changes that no migration makes: run dotnet ef migrations add.");
        return Failure;
    }

    public async Task<int> RunAsync(CancellationToken ct)
    {
        try
        {
            // Before the first database access. Options are usually validated when the host starts, and this host is never started.
            services.GetRequiredService<IStartupValidator>().Validate();
            await services.GetRequiredService<DatabaseGate>().WaitAsync(ct);
            await services.GetRequiredService<Migrator>().ApplyAsync(ct);
            log.UpToDate();
            return Success;
        }
        catch (Exception failure) when (Explain(failure) is not null)
        {
            log.Failed(Explain(failure)!);
            return Failure;
        }
    }

    // Null for a failure that can only be a bug: it is thrown on with its stack trace.
    private static string? Explain(Exception failure) =>
        failure switch
        {
            MigrationFailure or DatabaseRoleException or OptionsValidationException => failure.Message,
            OperationCanceledException => "Stopped before the migrations were done.",
            InvalidOperationException { InnerException: { } inner } => Explain(inner),
            _ => DatabaseFailures.Explain(failure),
        };
}
