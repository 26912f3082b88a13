using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Jobs;

/// <summary>Changes the state of jobs in the table. Every step is one conditional update, so that only one of several workers
/// succeeds.</summary>
public sealed class JobTable(IDbContextFactory<AITraderDbContext> contexts, TimeProvider time)
{
    /// <summary>Claims a job that is queued or whose worker died; null where there is nothing to claim.</summary>
    public async Task<JobRow?> ClaimAsync(Guid id, TimeSpan lease, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        var leaseUntil = now + lease;
        var claimed = await db
            .Jobs.Where(job =>
                job.Id == id && (job.Status == JobStatuses.Queued || (job.Status == JobStatuses.Running && job.LeaseUntil < now))
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(static job => job.Status, JobStatuses.Running)
                        .SetProperty(static job => job.StartedAt, now)
                        .SetProperty(static job => job.Attempts, static job => job.Attempts + 1)
                        .SetProperty(static job => job.LeaseUntil, leaseUntil),
                ct
            );
        return claimed == 1 ? await db.Jobs.AsNoTracking().SingleAsync(job => job.Id == id, ct) : null;
    }

    /// <summary>Extends the lease of a claimed job; false where another worker has the job now.</summary>
    public Task<bool> RenewAsync(JobRow job, TimeSpan lease, CancellationToken ct) =>
        ChangeAsync(
            job,
            row => row.ExecuteUpdateAsync(set => set.SetProperty(static job => job.LeaseUntil, time.GetUtcNow() + lease), ct),
            ct
        );

    /// <summary>Stores how far a job is, where its result will be; false where another worker has the job now.</summary>
    public Task<bool> ReportAsync(JobRow job, string progress, CancellationToken ct) =>
        ChangeAsync(job, row => row.ExecuteUpdateAsync(set => set.SetProperty(static job => job.Result, progress), ct), ct);

    /// <summary>Stores the result of a job; false where another worker has the job now.</summary>
    public Task<bool> CompleteAsync(JobRow job, string result, CancellationToken ct) =>
        ChangeAsync(
            job,
            row =>
                row.ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(static job => job.Status, JobStatuses.Completed)
                            .SetProperty(static job => job.Result, result)
                            .SetProperty(static job => job.Error, (string?)null)
                            .SetProperty(static job => job.FinishedAt, time.GetUtcNow())
                            .SetProperty(static job => job.LeaseUntil, (DateTimeOffset?)null),
                    ct
                ),
            ct
        );

    /// <summary>Stores why a job failed; false where another worker has the job now.</summary>
    public Task<bool> FailAsync(JobRow job, string error, CancellationToken ct) =>
        ChangeAsync(
            job,
            row =>
                row.ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(static job => job.Status, JobStatuses.Failed)
                            .SetProperty(static job => job.Error, error)
                            .SetProperty(static job => job.FinishedAt, time.GetUtcNow())
                            .SetProperty(static job => job.LeaseUntil, (DateTimeOffset?)null),
                    ct
                ),
            ct
        );

    /// <summary>Releases the claim so that the job is tried again; the attempt does not count.</summary>
    public Task<bool> ReleaseAsync(JobRow job, CancellationToken ct) =>
        ChangeAsync(
            job,
            row =>
                row.ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(static job => job.Status, JobStatuses.Queued)
                            .SetProperty(static job => job.Attempts, static job => job.Attempts - 1)
                            .SetProperty(static job => job.LeaseUntil, (DateTimeOffset?)null),
                    ct
                ),
            ct
        );

    /// <summary>Returns jobs whose worker died, and queued jobs whose wake-up message must have been lost.</summary>
    /// <param name="wakeAfter">Age from which a queued job counts as such.</param>
    public async Task<IReadOnlyList<JobRow>> AbandonedAsync(TimeSpan wakeAfter, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        var forgotten = now - wakeAfter;
        return await db
            .Jobs.AsNoTracking()
            .Where(job =>
                (job.Status == JobStatuses.Running && job.LeaseUntil < now)
                || (job.Status == JobStatuses.Queued && job.CreatedAt < forgotten)
            )
            .OrderBy(static job => job.CreatedAt)
            .Take(100)
            .ToListAsync(ct);
    }

    // The number of attempts is the fence: a worker that was thought dead cannot overwrite the result of its successor.
    private async Task<bool> ChangeAsync(JobRow job, Func<IQueryable<JobRow>, Task<int>> change, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await change(db.Jobs.Where(row => row.Id == job.Id && row.Status == JobStatuses.Running && row.Attempts == job.Attempts))
            == 1;
    }
}
