using AITrader.Migrations.Connecting;
using AITrader.Migrations.Diagnostics;
using AITrader.Migrations.Roles;
using AITrader.Storage.Model;
using AITrader.Storage.Roles;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AITrader.Migrations.Schema;

/// <summary>Migrates the schema, creates the account and the logins of the services; one instance at a time.</summary>
internal sealed class Migrator(
    IDbContextFactory<AITraderDbContext> contexts,
    DatabaseGate gate,
    IOptions<AccountOptions> account,
    IOptions<RoleOptions> roles,
    TimeProvider time,
    ILogger<Migrator> log
)
{
    private const string LockName = "migrations";

    /// <summary>True where the migrations produce exactly the model; accesses no database.</summary>
    public static bool ModelAgrees()
    {
        using var db = new DesignTimeContextFactory().CreateDbContext([]);
        return !db.Database.HasPendingModelChanges();
    }

    public async Task ApplyAsync(CancellationToken ct)
    {
        await using var session = new NpgsqlConnection(gate.ConnectionString);
        await session.OpenAsync(ct);
        await LockAsync(session, ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        log.Applying(pending.Count);
        await db.Database.MigrateAsync(ct);
        await SeedAccountAsync(db, ct);
        await AdmitServicesAsync(db, ct);
    }

    // Held by a separate connection, so that the lock is released however this process ends. The wait has no limit:
    // another instance may be in the middle of a long migration.
    private static async Task LockAsync(NpgsqlConnection session, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", session) { CommandTimeout = 0 };
        command.Parameters.AddWithValue(AdvisoryLocks.KeyOf(LockName));
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task SeedAccountAsync(AITraderDbContext db, CancellationToken ct)
    {
        if (await db.Accounts.AnyAsync(ct))
        {
            return;
        }

        db.Accounts.Add(
            new AccountRow
            {
                Currency = account.Value.Currency,
                InitialCash = account.Value.InitialCash,
                Cash = account.Value.InitialCash,
                UpdatedAt = time.GetUtcNow(),
            }
        );
        await db.SaveChangesAsync(ct);
        log.AccountMade(account.Value.InitialCash, account.Value.Currency);
    }

    private async Task AdmitServicesAsync(AITraderDbContext db, CancellationToken ct)
    {
        var logins = roles.Value.ToLogins();
        var absent = await DatabaseRoles.ApplyAsync(db, logins, ct);
        foreach (var login in absent)
        {
            log.LoginAbsent(login.Name, login.Role.Kind);
        }

        log.LoginsAdmitted(string.Join(", ", logins.Except(absent)));
    }
}
