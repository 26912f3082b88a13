using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Replays;

/// <summary>The record of replays: what makes run names repeatable, and lets a killed one go on.</summary>
public sealed class ReplayRuns(IDbContextFactory<AITraderDbContext> contexts, TimeProvider time)
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

    /// <summary>A run by its name; null where it is not known.</summary>
    public async Task<ReplayRunRow?> FindAsync(string run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ReplayRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Run == run, ct);
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
        ArgumentNullException.ThrowIfNull(row);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return row.StartedAt < await UpSinceAsync(db, ct);
    }

    /// <summary>The unfinished run of the content, or the next one; every other unfinished one is given up.</summary>
    public async Task<ReplayRunRow> BeginAsync(RunContent content, string speed, bool loop, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(content);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                var running = await db.ReplayRuns.Where(static row => row.State == ReplayStates.Running).ToListAsync(token);
                var mine = running.Find(row => row.Sha256 == content.Sha256) ?? await AddAsync(db, content, loop, token);
                foreach (var other in running.Where(row => row.Run != mine.Run))
                {
                    await EndAsync(db, other, ReplayStates.Failed, Superseded, token);
                }

                (mine.Ticks, mine.Speed) = (content.Ticks, speed);
                return mine;
            },
            ct
        );
    }

    /// <summary>Ends a run, and in the same transaction begins another one of its content where <paramref name="next"/> says so.</summary>
    public async Task<ReplayRunRow?> EndAsync(RunContent content, RunEnd end, RunStart? next, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(end);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                var row = await db.ReplayRuns.SingleAsync(row => row.Run == end.Run, token);
                await EndAsync(db, row, end.State, end.Note, token);
                row.Published = Math.Max(row.Published, end.Published);
                return next is null ? null : await AddAsync(db, content, row, next, token);
            },
            ct
        );
    }

    /// <summary>Writes down how far a run has come.</summary>
    public async Task ProgressAsync(string run, long published, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db
            .ReplayRuns.Where(row => row.Run == run && row.Published < published)
            .ExecuteUpdateAsync(set => set.SetProperty(static row => row.Published, published), ct);
    }

    /// <summary>Writes down what is wanted of a run, so that it still is after a restart.</summary>
    public async Task WishAsync(string run, string control, string speed, bool loop, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
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
            {
                foreach (
                    var row in await db.ReplayRuns.Where(row => row.Source == asked && row.State == ReplayStates.Running).ToListAsync(token)
                )
                {
                    await EndAsync(db, row, state, note, token);
                }
            },
            ct
        );
    }

    private static async Task<DateTimeOffset> UpSinceAsync(AITraderDbContext db, CancellationToken ct) =>
        new((await db.Database.SqlQuery<DateTime>($"SELECT pg_postmaster_start_time() AS \"Value\"").SingleAsync(ct)).ToUniversalTime());

    private async Task<ReplayRunRow> AddAsync(AITraderDbContext db, RunContent content, bool loop, CancellationToken ct)
    {
        var added = await NewAsync(db, content, ct);
        added.Loop = loop;
        return added;
    }

    private async Task<ReplayRunRow> AddAsync(
        AITraderDbContext db,
        RunContent content,
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

    private async Task<ReplayRunRow> NewAsync(AITraderDbContext db, RunContent content, CancellationToken ct)
    {
        var last = await db.ReplayRuns.Where(row => row.Sha256 == content.Sha256).MaxAsync(static row => (int?)row.Attempt, ct) ?? 0;
        var added = new ReplayRunRow
        {
            Run = content.RunName(last + 1),
            Source = content.Source,
            Sha256 = content.Sha256,
            Attempt = last + 1,
            Ticks = content.Ticks,
            StartedAt = time.GetUtcNow(),
        };
        db.ReplayRuns.Add(added);
        db.Runs.Add(
            new RunRow
            {
                Run = added.Run,
                Kind = RunKinds.Replay,
                Source = added.Source,
                Sha256 = added.Sha256,
                StartedAt = added.StartedAt,
            }
        );
        return added;
    }

    private Task<int> EndAsync(AITraderDbContext db, ReplayRunRow row, string state, string? error, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        (row.State, row.Error, row.FinishedAt) = (state, error, now);
        DateTimeOffset? finished = now;
        return db
            .Runs.Where(run => run.Run == row.Run)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(static run => run.State, state)
                        .SetProperty(static run => run.Note, error)
                        .SetProperty(static run => run.FinishedAt, finished),
                ct
            );
    }
}
