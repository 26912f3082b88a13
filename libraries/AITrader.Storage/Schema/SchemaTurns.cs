using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Schema;

/// <summary>Gives turns at changing the schema.</summary>
public sealed class SchemaTurns(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>True where the migrations produce exactly the model; accesses no database.</summary>
    public static bool ModelAgrees()
    {
        using var db = new DesignTimeContextFactory().CreateDbContext([]);
        return !db.Database.HasPendingModelChanges();
    }

    /// <summary>Waits for the turn, without a limit: another instance may be in the middle of a long migration.</summary>
    /// <param name="connectionString">Of the database, with secrets.</param>
    /// <param name="ct">Ends the wait.</param>
    public Task<SchemaTurn> BeginAsync(string connectionString, CancellationToken ct) =>
        SchemaTurn.BeginAsync(contexts, connectionString, ct);
}
