using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Runs;

/// <summary>What services write down of a run, and the deletion of runs.</summary>
public sealed class RunRecords(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Adds to what makes the results of a run, replacing what was written under the same name; nothing where the run is not
    /// known.</summary>
    /// <param name="run">The run; empty for live.</param>
    /// <param name="part">Name, such as strategies.</param>
    /// <param name="json">Its value as JSON.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task DescribeAsync(string run, string part, string json, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE runs SET setup = setup || jsonb_build_object({part}::text, {json}::jsonb) WHERE run = {run}",
            ct
        );
    }

    /// <summary>Sets what the live run trades with.</summary>
    /// <param name="kind"><see cref="RunKinds.Live"/> or <see cref="RunKinds.Paper"/>.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task SetLiveKindAsync(string kind, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db
            .Runs.Where(static row => row.Run == string.Empty)
            .ExecuteUpdateAsync(set => set.SetProperty(static row => row.Kind, kind), ct);
    }

    /// <summary>Runs that are to be deleted: those that were asked for, and of each kind those beyond the newest
    /// <paramref name="keep"/> that have ended.</summary>
    public async Task<IReadOnlyList<string>> DueAsync(int keep, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ended = await db
            .Runs.Where(static row => row.Run != string.Empty && row.State != ReplayStates.Running)
            .OrderByDescending(static row => row.StartedAt)
            .Select(static row => new
            {
                row.Run,
                row.Kind,
                IsAsked = row.DeleteAskedAt != null,
            })
            .ToListAsync(ct);
        var old = ended.Where(static row => !row.IsAsked).GroupBy(static row => row.Kind).SelectMany(group => group.Skip(keep));
        return [.. ended.Where(static row => row.IsAsked).Concat(keep > 0 ? old : []).Select(static row => row.Run)];
    }

    /// <summary>Deletes a run that has ended, with all that it made; its audit trail stays.</summary>
    public async Task DeleteAsync(string run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT delete_run({run})", ct);
    }
}
