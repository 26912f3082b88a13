using AITrader.Storage.Flags;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>Sets flags, each change with its audit event in the same transaction.</summary>
public sealed class FlagStore(IDbContextFactory<AITraderDbContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>Sets a flag; one that is set to that already stays as it is, without an event.</summary>
    public async Task<FeatureFlagRow> SetAsync(FeatureFlag flag, bool enabled, Guid? user, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(flag);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                // Two who set the same flag at once take turns, so that each event tells what it really changed.
                await AdvisoryLocks.LockForTransactionAsync(db, $"flag/{flag.Name}", token);
                return await SetAsync(db, flag, enabled, user, token);
            },
            ct
        );
    }

    private async Task<FeatureFlagRow> SetAsync(AITraderDbContext db, FeatureFlag flag, bool enabled, Guid? user, CancellationToken ct)
    {
        var row = await db.FeatureFlags.SingleOrDefaultAsync(found => found.Name == flag.Name, ct);
        if (row?.Enabled == enabled)
        {
            return row;
        }

        // Null: nobody had set it. Set to its default it keeps that, whatever a later version declares.
        var changes = new { from = row?.Enabled, to = enabled };
        if (row is null)
        {
            row = new FeatureFlagRow { Name = flag.Name, UpdatedAt = time.GetUtcNow() };
            db.FeatureFlags.Add(row);
        }

        (row.Enabled, row.Description, row.UpdatedAt) = (enabled, flag.Description, time.GetUtcNow());
        audit.Add(db, new AuditEntry("flag.changed", user, "flag", flag.Name, changes));
        return row;
    }
}
