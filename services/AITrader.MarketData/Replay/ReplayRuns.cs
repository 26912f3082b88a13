using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
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
        return await db
            .ReplayRuns.AsNoTracking()
            .Where(static row => row.State == ReplayStates.Running)
            .OrderByDescending(static row => row.StartedAt)
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>Whether what was asked for has been replayed, or stopped, since the database was started: a restarted process must not do
    /// it again.</summary>
    public async Task<bool> WasDoneAsync(string asked, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var since = await UpSinceAsync(db, ct);
        return await db.ReplayRuns.AnyAsync(
            row =>
                row.Source == asked && (row.State == ReplayStates.Finished || row.State == ReplayStates.Stopped) && row.StartedAt >= since,
            ct
        );
    }

    /// <summary>Whether a run began before the database was started: then what the user said at the start is newer than what the run
    /// remembers.</summary>
    public async Task<bool> IsFromBeforeAsync(ReplayRunRow row, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return row.StartedAt < await UpSinceAsync(db, ct);
    }

    /// <summary>The unfinished run of the content, or the next one; every other unfinished one is given up.</summary>
    public async Task<ReplayRunRow> BeginAsync(ReplayContent content, ReplayRequest request, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                var running = await db.ReplayRuns.Where(static row => row.State == ReplayStates.Running).ToListAsync(token);
                var mine = running.Find(row => row.Sha256 == content.Sha256) ?? await AddAsync(db, content, request, token);
                foreach (var other in running.Where(row => row.Run != mine.Run))
                {
                    End(other, ReplayStates.Failed, Superseded);
                }

                (mine.Ticks, mine.Speed) = (content.Ticks, request.Speed.ToString());
                return mine;
            },
            ct
        );
    }

    /// <summary>Ends a run, and in the same transaction begins another one of its content where <paramref name="next"/> says so.</summary>
    public async Task<ReplayRunRow?> EndAsync(ReplayContent content, RunEnd end, RunStart? next, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                var row = await db.ReplayRuns.SingleAsync(row => row.Run == end.Run, token);
                End(row, end.State, end.Note);
                row.Published = Math.Max(row.Published, end.Published);
                return next is null ? null : await AddAsync(db, content, row, next, token);
            },
            ct
        );
    }

    public async Task ProgressAsync(string run, long published, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db
            .ReplayRuns.Where(row => row.Run == run && row.Published < published)
            .ExecuteUpdateAsync(set => set.SetProperty(static row => row.Published, published), ct);
    }

    /// <summary>Writes down what is wanted of a run, so that it still is after a restart.</summary>
    public async Task WishAsync(string run, string control, ReplayWishes wishes, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (speed, loop) = (wishes.Speed.ToString(), wishes.Loop);
        await db
            .ReplayRuns.Where(row => row.Run == run && row.State == ReplayStates.Running)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(static row => row.Control, control)
                        .SetProperty(static row => row.Speed, speed)
                        .SetProperty(static row => row.Loop, loop),
                ct
            );
    }

    /// <summary>Ends what was under way of a content that cannot be played any further.</summary>
    /// <param name="asked">The content.</param>
    /// <param name="state">failed or stopped.</param>
    /// <param name="note">Why.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task GiveUpAsync(string asked, string state, string note, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.InTransactionAsync(
            async token =>
                (await db.ReplayRuns.Where(row => row.Source == asked && row.State == ReplayStates.Running).ToListAsync(token)).ForEach(
                    row => End(row, state, note)
                ),
            ct
        );
    }

    private static async Task<DateTimeOffset> UpSinceAsync(AITraderDbContext db, CancellationToken ct) =>
        new((await db.Database.SqlQuery<DateTime>($"SELECT pg_postmaster_start_time() AS \"Value\"").SingleAsync(ct)).ToUniversalTime());

    private async Task<ReplayRunRow> AddAsync(AITraderDbContext db, ReplayContent content, ReplayRequest request, CancellationToken ct)
    {
        var added = await NewAsync(db, content, ct);
        added.Loop = request.Loop;
        return added;
    }

    private async Task<ReplayRunRow> AddAsync(
        AITraderDbContext db,
        ReplayContent content,
        ReplayRunRow before,
        RunStart start,
        CancellationToken ct
    )
    {
        var added = await NewAsync(db, content, ct);
        (added.Speed, added.Loop, added.Control) = (before.Speed, before.Loop, before.Control);
        (added.FirstSeq, added.Round, added.Published) = (start.FirstSeq, start.Round, start.FirstSeq - 1);
        return added;
    }

    private async Task<ReplayRunRow> NewAsync(AITraderDbContext db, ReplayContent content, CancellationToken ct)
    {
        var last = await db.ReplayRuns.Where(row => row.Sha256 == content.Sha256).MaxAsync(static row => (int?)row.Attempt, ct) ?? 0;
        var added = new ReplayRunRow
        {
            Run = content.RunName(last + 1),
            Source = content.Asked.Text,
            Sha256 = content.Sha256,
            Attempt = last + 1,
            Ticks = content.Ticks,
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

/// <summary>How a run ended.</summary>
/// <param name="Run">Which.</param>
/// <param name="State">finished or stopped.</param>
/// <param name="Published">Position of its last tick.</param>
/// <param name="Note">Where and why, unless it came to its end.</param>
internal sealed record RunEnd(string Run, string State, long Published, string? Note = null);

/// <summary>How a run that follows another one begins.</summary>
/// <param name="FirstSeq">Position of its first tick.</param>
/// <param name="Round">How often it has begun from the start.</param>
internal sealed record RunStart(long FirstSeq, int Round);
