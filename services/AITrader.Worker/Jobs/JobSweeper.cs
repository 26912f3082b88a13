using AITrader.Contracts.Messages;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using AITrader.Storage.Jobs;
using AITrader.Storage.Rows;
using AITrader.Worker.Diagnostics;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Jobs;

/// <summary>Offers jobs again whose worker died or whose wake-up message was lost, fails jobs that repeatedly kill their
/// worker, and ends those that were asked to end and nobody runs.</summary>
internal sealed class JobSweeper(
    Supervisor supervisor,
    JobTable table,
    IStreamPublisher publisher,
    IOptions<JobOptions> options,
    WorkerMetrics metrics,
    TimeProvider time,
    ILogger<JobSweeper> log
) : SupervisedService(supervisor)
{
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await table.CancelIdleAsync(id: null, stoppingToken);
            foreach (var job in await table.AbandonedAsync(options.Value.WakeAfter, stoppingToken))
            {
                await OfferAsync(job, stoppingToken);
            }

            ReportProgress();
            await Task.Delay(options.Value.SweepInterval, time, stoppingToken);
        }
    }

    private async Task OfferAsync(JobRow job, CancellationToken ct)
    {
        if (job.Status == JobStatuses.Running && job.Attempts >= options.Value.MaxAttempts)
        {
            if (await table.FailAsync(job, $"given up: its worker died {job.Attempts} times", ct))
            {
                log.JobGivenUp(job.Id, job.Type, job.Attempts);
                metrics.JobEnded(job.Type, JobStatuses.Failed);
            }

            return;
        }

        log.JobOffered(job.Id, job.Type);
        await publisher.PublishAsync(new JobMessage { Id = job.Id, Type = job.Type }, ct);
    }
}
