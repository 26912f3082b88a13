using System.Data.Common;
using System.Text.Json;
using AITrader.Storage.Rows;
using AITrader.Storage.Runs;
using AITrader.Worker.Diagnostics;
using AITrader.Worker.Jobs;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Runs;

/// <summary>Deletes the runs that somebody asked to delete, and those beyond the number that is kept: each in a transaction of its own, so
/// that one that fails holds up no other.</summary>
internal sealed class RunDeletionJob(RunRecords runs, IOptions<RunOptions> options, ILogger<RunDeletionJob> log) : IJobHandler
{
    public const string TypeName = "run-deletion";

    public string Type => TypeName;

    public TimeSpan? Every => options.Value.Every;

    public async Task<string> RunAsync(JobRow job, CancellationToken ct)
    {
        var (deleted, failed) = (new List<string>(), new List<string>());
        foreach (var run in await runs.DueAsync(options.Value.Keep, ct))
        {
            try
            {
                await runs.DeleteAsync(run, ct);
                deleted.Add(run);
            }
            catch (DbException failure) when (!failure.IsTransient)
            {
                log.RunNotDeleted(failure, run);
                failed.Add(run);
            }
        }

        if (deleted.Count > 0)
        {
            log.RunsDeleted(string.Join(' ', deleted));
        }

        // The record of the job says so too; the next one tries again.
        return failed.Count == 0
            ? JsonSerializer.Serialize(new { deleted })
            : throw new InvalidOperationException(
                $"not deleted, see the log: {string.Join(", ", failed)}; deleted: {(deleted.Count > 0 ? string.Join(", ", deleted) : "none")}"
            );
    }
}
