using System.Text.Json;
using AITrader.Storage.Rows;
using AITrader.Storage.Runs;
using AITrader.Worker.Jobs;

namespace AITrader.Worker.Runs;

/// <summary>Stores a backtest that the gateway took as a run.</summary>
internal sealed class BacktestRunJob(BacktestRuns runs) : IJobHandler
{
    public string Type => StoredBacktest.JobType;

    public TimeSpan? Every => null;

    public async Task<string> RunAsync(JobRow job, CancellationToken ct)
    {
        var backtest = StoredBacktest.FromJson(job.Payload);
        var stored = await runs.StoreAsync(backtest, job.CreatedAt, ct);
        return JsonSerializer.Serialize(new { run = backtest.Run, stored });
    }
}
