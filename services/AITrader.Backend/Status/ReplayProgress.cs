using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Messaging;
using AITrader.Storage;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Backend.Status;

/// <summary>How far the latest replay is: its row, its watermarks, and its speed.</summary>
internal sealed class ReplayProgress(IWatermarks watermarks, ReplaySpeed speed)
{
    private static readonly string[] Stages =
        [ReplayStages.Published, ReplayStages.Pattern, ReplayStages.Strategy, ReplayStages.Execution, ReplayStages.Store];

    public async Task<ReplayStatus?> ReadAsync(AITraderDbContext db, Tick? newest, CancellationToken ct)
    {
        if (await db.ReplayRuns.AsNoTracking().OrderByDescending(static row => row.StartedAt).FirstOrDefaultAsync(ct) is not { } run)
        {
            return null;
        }

        var marks = await MarksAsync(run.Run, ct);
        var published = Math.Max(run.Published, marks?.GetValueOrDefault(ReplayStages.Published) ?? 0);
        return new ReplayStatus(
            run.Run, run.Source, await speed.GetAsync(ct), run.State, published, run.Ticks,
            newest?.Run == run.Run ? newest.Timestamp : null, marks, run.Error);
    }

    private async Task<Dictionary<string, long>?> MarksAsync(string run, CancellationToken ct)
    {
        try
        {
            var values = await Task.WhenAll(Stages.Select(stage => watermarks.GetAsync(run, stage, ct)));
            return Stages.Zip(values).ToDictionary(static pair => pair.First, static pair => pair.Second, StringComparer.Ordinal);
        }
        catch (BusUnavailableException)
        {
            // The status says elsewhere that Redis is away.
            return null;
        }
    }
}
