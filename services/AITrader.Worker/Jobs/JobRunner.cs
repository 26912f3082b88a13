using System.Collections.Frozen;
using AITrader.Contracts.Messages;
using AITrader.Messaging;
using AITrader.Storage.Jobs;
using AITrader.Storage.Rows;
using AITrader.Worker.Diagnostics;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Jobs;

/// <summary>Runs the job that a wake-up message names; the message is acknowledged after the result is stored in the table.</summary>
internal sealed class JobRunner(
    IEnumerable<IJobHandler> handlers,
    JobTable table,
    IOptions<JobOptions> options,
    WorkerMetrics metrics,
    TimeProvider time,
    ILogger<JobRunner> log
) : IStreamHandler<JobMessage>
{
    private const int LeaseParts = 3;

    private readonly FrozenDictionary<string, IJobHandler> _handlers = handlers.ToFrozenDictionary(static handler => handler.Type);

    public async ValueTask HandleAsync(IReadOnlyList<StreamEntry<JobMessage>> batch, CancellationToken ct)
    {
        foreach (var (_, message) in batch)
        {
            // Null: the job is done, was asked to end, or a live worker has it. The job of a dead worker is offered again by the sweeper.
            if (await table.ClaimAsync(message.Id, options.Value.Lease, ct) is { } job)
            {
                await RunAsync(job, ct);
            }
            else
            {
                await table.CancelIdleAsync(message.Id, ct);
            }
        }
    }

    private async Task RunAsync(JobRow job, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        try
        {
            var end = await WithLeaseAsync(job, ct);
            await SettleAsync(job, end, time.GetElapsedTime(started), ct);
        }
        catch (Exception failure) when (ct.IsCancellationRequested || TransientFailures.Includes(failure))
        {
            // Not the fault of the job: after a stop another worker takes it, after an outage this one.
            await ReleaseAsync(job);
            throw;
        }
#pragma warning disable CA1031 // Whatever a handler throws is the job's result; the worker goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.JobFailed(failure, job.Id, job.Type);
            await table.FailAsync(job, failure.Message, ct);
            metrics.JobEnded(job.Type, JobStatuses.Failed);
        }
    }

    private async Task SettleAsync(JobRow job, JobEnd end, TimeSpan duration, CancellationToken ct)
    {
        if (end.Result is { } result && await table.CompleteAsync(job, result, ct))
        {
            log.JobCompleted(job.Id, job.Type, duration.TotalSeconds);
            metrics.JobEnded(job.Type, JobStatuses.Completed);
        }
        else if (end.IsLate && await table.FailAsync(job, $"it took longer than Jobs:TimeLimit, {options.Value.TimeLimit}", ct))
        {
            log.JobTooLong(job.Id, job.Type, options.Value.TimeLimit);
            metrics.JobEnded(job.Type, JobStatuses.Failed);
        }
        else if (end.Result is null && await table.CancelAsync(job, ct))
        {
            log.JobCancelled(job.Id, job.Type);
            metrics.JobEnded(job.Type, JobStatuses.Cancelled);
        }
        else
        {
            log.JobLost(job.Id, job.Type);
        }
    }

    private async Task<JobEnd> WithLeaseAsync(JobRow job, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(options.Value.TimeLimit, time);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        using var lease = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var renewing = RenewAsync(job, work, lease.Token);
        try
        {
            return new JobEnd(await _handlers[job.Type].RunAsync(job, work.Token), IsLate: false);
        }
        catch (OperationCanceledException) when (work.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            // Too long, asked to end, or gone to another worker.
            return new JobEnd(null, limit.IsCancellationRequested);
        }
        finally
        {
            await lease.CancelAsync();
            await renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RenewAsync(JobRow job, CancellationTokenSource work, CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(Shorter(options.Value.Lease / LeaseParts, options.Value.CancelWithin), time, ct);
            if (!await table.RenewAsync(job, options.Value.Lease, ct))
            {
                await work.CancelAsync();
                return;
            }
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // While the database is unreachable the claim cannot be released; its lease expires by itself.
    private async Task ReleaseAsync(JobRow job)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await ((Task)table.ReleaseAsync(job, limit.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>How an attempt ended.</summary>
    /// <param name="Result">What came of it; null where it was broken off.</param>
    /// <param name="IsLate">Whether it was broken off for its time limit.</param>
    private readonly record struct JobEnd(string? Result, bool IsLate);
}
