using AITrader.Storage;
using Microsoft.EntityFrameworkCore;

namespace AITrader.MarketData.Replay;

/// <summary>The record of replays: what makes run names repeatable, and lets a killed one go on.</summary>
internal sealed class ReplayRuns(IDbContextFactory<AITraderDbContext> contexts, TimeProvider time)
{
    private const string Superseded = "given up for another replay";

    /// <summary>The run that was under way when the process ended.</summary>
    public async Task<ReplayRunRow?> FindRunningAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ReplayRuns.AsNoTracking()
            .Where(static row => row.State == ReplayStates.Running)
            .OrderByDescending(static row => row.StartedAt)
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>Whether what was asked for has been replayed, or refused, since the database was started: a restarted process must not do it again.</summary>
    public async Task<bool> WasDoneAsync(string asked, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var up = await db.Database.SqlQuery<DateTime>($"SELECT pg_postmaster_start_time() AS \"Value\"").SingleAsync(ct);
        var since = new DateTimeOffset(up.ToUniversalTime());
        return await db.ReplayRuns.AnyAsync(row => row.Source == asked && row.State == ReplayStates.Finished && row.StartedAt >= since, ct);
    }

    /// <summary>The unfinished run of the content, or the next one; every other unfinished one is given up.</summary>
    public async Task<ReplayRunRow> BeginAsync(ReplaySource source, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                var running = await db.ReplayRuns.Where(static row => row.State == ReplayStates.Running).ToListAsync(token);
                var mine = running.Find(row => row.Sha256 == source.Sha256) ?? await AddAsync(db, source, token);
                foreach (var other in running.Where(row => row.Run != mine.Run))
                {
                    End(other, ReplayStates.Failed, Superseded);
                }

                mine.Ticks = source.Ticks;
                return mine;
            },
            ct);
    }

    public async Task ProgressAsync(string run, long published, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.ReplayRuns.Where(row => row.Run == run && row.Published < published)
            .ExecuteUpdateAsync(set => set.SetProperty(static row => row.Published, published), ct);
    }

    /// <summary>Ends what was under way for a content that can no longer be read.</summary>
    public async Task RefuseAsync(string asked, string error, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.InTransactionAsync(
            async token => (await db.ReplayRuns.Where(row => row.Source == asked && row.State == ReplayStates.Running).ToListAsync(token))
                .ForEach(row => End(row, ReplayStates.Failed, error)),
            ct);
    }

    public async Task EndAsync(string run, string state, string? error, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.InTransactionAsync(
            async token => End(await db.ReplayRuns.SingleAsync(row => row.Run == run, token), state, error),
            ct);
    }

    private async Task<ReplayRunRow> AddAsync(AITraderDbContext db, ReplaySource source, CancellationToken ct)
    {
        var last = await db.ReplayRuns.Where(row => row.Sha256 == source.Sha256).MaxAsync(static row => (int?)row.Attempt, ct) ?? 0;
        var added = new ReplayRunRow
        {
            Run = source.RunName(last + 1),
            Source = source.Asked,
            Sha256 = source.Sha256,
            Attempt = last + 1,
            StartedAt = time.GetUtcNow(),
        };
        db.ReplayRuns.Add(added);
        return added;
    }

    private void End(ReplayRunRow row, string state, string? error)
    {
        row.State = state;
        row.Error = error;
        row.FinishedAt = time.GetUtcNow();
    }
}
