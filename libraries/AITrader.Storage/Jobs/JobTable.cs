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
                job.Id == id
                && job.CancelAskedAt == null
                && (job.Status == JobStatuses.Queued || (job.Status == JobStatuses.Running && job.LeaseUntil < now))
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

    /// <summary>Extends the lease of a claimed job; false where another worker has the job now, or it was asked to end.</summary>
    public Task<bool> RenewAsync(JobRow job, TimeSpan lease, CancellationToken ct) =>
        ChangeAsync(
            job,
            row =>
                row.Where(static job => job.CancelAskedAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(static job => job.LeaseUntil, time.GetUtcNow() + lease), ct),
            ct
        );

    /// <summary>Ends a claimed job that was asked to end; false where it was not, or another worker has it now.</summary>
    public Task<bool> CancelAsync(JobRow job, CancellationToken ct) =>
        ChangeAsync(job, row => EndAsync(row.Where(static job => job.CancelAskedAt != null), ct), ct);

    /// <summary>Ends what was asked to end and nobody runs: one job, or all such.</summary>
    /// <returns>How many.</returns>
    public async Task<int> CancelIdleAsync(Guid? id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        return await EndAsync(
            db.Jobs.Where(job =>
                (id == null || job.Id == id)
                && job.CancelAskedAt != null
                && (job.Status == JobStatuses.Queued || (job.Status == JobStatuses.Running && job.LeaseUntil < now))
            ),
            ct
        );
    }

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

    /// <summary>Ids of the jobs of a type that have not ended.</summary>
    public async Task<IReadOnlySet<Guid>> UnfinishedAsync(string type, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Jobs.Where(job => job.Type == type && (job.Status == JobStatuses.Queued || job.Status == JobStatuses.Running))
            .Select(static job => job.Id)
            .ToHashSetAsync(ct);
    }

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
                job.CancelAskedAt == null
                && (
                    (job.Status == JobStatuses.Running && job.LeaseUntil < now)
                    || (job.Status == JobStatuses.Queued && job.CreatedAt < forgotten)
                )
            )
            .OrderBy(static job => job.CreatedAt)
            .Take(100)
            .ToListAsync(ct);
    }

    private Task<int> EndAsync(IQueryable<JobRow> jobs, CancellationToken ct) =>
        jobs.ExecuteUpdateAsync(
            set =>
                set.SetProperty(static job => job.Status, JobStatuses.Cancelled)
                    .SetProperty(static job => job.FinishedAt, time.GetUtcNow())
                    .SetProperty(static job => job.LeaseUntil, (DateTimeOffset?)null),
            ct
        );

    // The number of attempts is the fence: a worker that was thought dead cannot overwrite the result of its successor.
    private async Task<bool> ChangeAsync(JobRow job, Func<IQueryable<JobRow>, Task<int>> change, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await change(db.Jobs.Where(row => row.Id == job.Id && row.Status == JobStatuses.Running && row.Attempts == job.Attempts))
            == 1;
    }
}
