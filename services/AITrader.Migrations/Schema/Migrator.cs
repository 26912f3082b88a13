using AITrader.Migrations.Connecting;
using AITrader.Migrations.Diagnostics;
using AITrader.Migrations.Roles;
using AITrader.Storage.Rows;
using AITrader.Storage.Schema;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AITrader.Migrations.Schema;

/// <summary>Migrates the schema, creates the account and the logins of the services; one instance at a time.</summary>
internal sealed class Migrator(
    SchemaTurns turns,
    DatabaseGate gate,
    IOptions<AccountOptions> account,
    IOptions<RoleOptions> roles,
    TimeProvider time,
    ILogger<Migrator> log
)
{
    public async Task ApplyAsync(CancellationToken ct)
    {
        await using var turn = await turns.BeginAsync(gate.ConnectionString, ct);
        log.Applying(await turn.CountPendingAsync(ct));
        await turn.MigrateAsync(ct);
        await SeedAccountAsync(turn, ct);
        await AdmitServicesAsync(turn, ct);
    }

    private async Task SeedAccountAsync(SchemaTurn turn, CancellationToken ct)
    {
        var row = new AccountRow
        {
            Currency = account.Value.Currency,
            InitialCash = account.Value.InitialCash,
            Cash = account.Value.InitialCash,
            UpdatedAt = time.GetUtcNow(),
        };
        if (await turn.SeedAccountAsync(row, ct))
        {
            log.AccountMade(row.InitialCash, row.Currency);
        }
    }

    private async Task AdmitServicesAsync(SchemaTurn turn, CancellationToken ct)
    {
        var logins = roles.Value.ToLogins();
        var absent = await turn.AdmitAsync(logins, ct);
        foreach (var login in absent)
        {
            log.LoginAbsent(login.Name, login.Role.Kind);
        }

        log.LoginsAdmitted(string.Join(", ", logins.Except(absent)));
    }
}
