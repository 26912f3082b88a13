using AITrader.Storage.Model;
using AITrader.Storage.Roles;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AITrader.Storage.Schema;

/// <summary>Changes the schema. One instance at a time has the turn; the others wait for it.</summary>
public sealed class SchemaTurn : IAsyncDisposable
{
    private const string LockName = "migrations";

    private readonly NpgsqlConnection _session;
    private readonly AITraderDbContext _db;

    private SchemaTurn(NpgsqlConnection session, AITraderDbContext db)
    {
        _session = session;
        _db = db;
    }

    internal static async Task<SchemaTurn> BeginAsync(
        IDbContextFactory<AITraderDbContext> contexts,
        string connectionString,
        CancellationToken ct
    )
    {
        var session = new NpgsqlConnection(connectionString);
        try
        {
            await session.OpenAsync(ct);
            await LockAsync(session, ct);
            return new SchemaTurn(session, await contexts.CreateDbContextAsync(ct));
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many migrations the database lacks.</summary>
    public async Task<int> CountPendingAsync(CancellationToken ct) => (await _db.Database.GetPendingMigrationsAsync(ct)).Count();

    /// <summary>Applies the migrations that the database lacks.</summary>
    public Task MigrateAsync(CancellationToken ct) => _db.Database.MigrateAsync(ct);

    /// <summary>Makes the live account and its run where there is none; false where there is one.</summary>
    public async Task<bool> SeedAccountAsync(AccountRow account, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (await _db.Accounts.AnyAsync(static row => row.Run == string.Empty, ct))
        {
            return false;
        }

        account.Id = AccountRow.LiveAccount;
        _db.Accounts.Add(account);
        _db.Runs.Add(
            new RunRow
            {
                Run = string.Empty,
                Kind = RunKinds.Paper,
                StartedAt = account.UpdatedAt,
            }
        );
        await _db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>Makes the services' logins and gives them their rights.</summary>
    /// <inheritdoc cref="DatabaseRoles.ApplyAsync" path="/returns"/>
    /// <inheritdoc cref="DatabaseRoles.ApplyAsync" path="/exception"/>
    public Task<IReadOnlyList<RoleLogin>> AdmitAsync(IReadOnlyList<RoleLogin> logins, CancellationToken ct) =>
        DatabaseRoles.ApplyAsync(_db, logins, ct);

    /// <summary>Ends the turn.</summary>
    public async ValueTask DisposeAsync()
    {
        await _db.DisposeAsync();
        await _session.DisposeAsync();
    }

    // Held by a separate connection, so that the lock is released however this process ends. The wait has no
    // limit: another instance may be in the middle of a long migration.
    private static async Task LockAsync(NpgsqlConnection session, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", session) { CommandTimeout = 0 };
        command.Parameters.AddWithValue(AdvisoryLocks.KeyOf(LockName));
        await command.ExecuteNonQueryAsync(ct);
    }
}
