using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>Asks for splits and dividends, each with its audit event in the same transaction, and lists them.</summary>
public sealed class AdjustmentStore(IDbContextFactory<AITraderDbContext> contexts, AuditTrail audit)
{
    /// <summary>Asks for one; a request that is known by its id stays as it is.</summary>
    /// <returns>The request; null where the same split or dividend was asked for under another id.</returns>
    public async Task<AdjustmentRow?> RequestAsync(AdjustmentRow request, Guid? user, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                await AdvisoryLocks.LockForTransactionAsync(db, "adjustments", token);
                if (await db.Adjustments.SingleOrDefaultAsync(row => row.Id == request.Id, token) is { } known)
                {
                    return known;
                }

                var isThere = await db.Adjustments.AnyAsync(
                    row =>
                        row.AccountId == request.AccountId
                        && row.State != AdjustmentStates.Refused
                        && row.Kind == request.Kind
                        && row.Symbol == request.Symbol
                        && row.ExDate == request.ExDate
                        && row.PerUnit == request.PerUnit,
                    token
                );
                if (isThere)
                {
                    return null;
                }

                db.Adjustments.Add(request);
                audit.Add(db, new AuditEntry("account.adjustment_requested", user, "adjustment", request.Id.ToString("D"), request));
                return request;
            },
            ct
        );
    }

    /// <summary>The newest ones of the live account, newest first.</summary>
    public async Task<IReadOnlyList<AdjustmentRow>> ListAsync(int most, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Adjustments.AsNoTracking()
            .Where(static row => row.AccountId == AccountRow.LiveAccount)
            .OrderByDescending(static row => row.RequestedAt)
            .ThenByDescending(static row => row.Id)
            .Take(most)
            .ToListAsync(ct);
    }
}
