using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>Reads jobs, and asks for their end.</summary>
public sealed class JobQueries(IDbContextFactory<AITraderDbContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>One job; null where there is none.</summary>
    public async Task<JobRow?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Jobs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct);
    }

    /// <summary>Jobs, newest first.</summary>
    /// <param name="type">What they do; null for all.</param>
    /// <param name="status">One of <see cref="JobStatuses"/>; null for all.</param>
    /// <param name="before">Last job of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<IReadOnlyList<JobRow>> ListAsync(
        string? type,
        string? status,
        KeysetPosition? before,
        int limit,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = db.Jobs.AsNoTracking().Where(row => (type == null || row.Type == type) && (status == null || row.Status == status));
        if (before is var (time, id))
        {
            rows = rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.CreatedAt, row.Id), ValueTuple.Create(time, id)));
        }

        return await rows.OrderByDescending(static row => row.CreatedAt).ThenByDescending(static row => row.Id).Take(limit).ToListAsync(ct);
    }

    /// <summary>Asks a job to end, with an audit event; one that was asked before, or has ended, stays as it is.</summary>
    /// <returns>The job as it is then; null where there is none.</returns>
    public async Task<JobRow?> AskCancelAsync(Guid id, Guid? user, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.InTransactionAsync(
            async token =>
            {
                var now = time.GetUtcNow();
                var asked = await db
                    .Jobs.Where(job =>
                        job.Id == id && job.CancelAskedAt == null && (job.Status == JobStatuses.Queued || job.Status == JobStatuses.Running)
                    )
                    .ExecuteUpdateAsync(set => set.SetProperty(static job => job.CancelAskedAt, now), token);
                if (asked == 1)
                {
                    audit.Add(db, new AuditEntry("job.cancel_asked", user, "job", id.ToString(), new { id }));
                }

                return asked;
            },
            ct
        );
        return await db.Jobs.AsNoTracking().SingleOrDefaultAsync(job => job.Id == id, ct);
    }
}
