using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>A run with what it came to so far.</summary>
/// <param name="Run">The run.</param>
/// <param name="Account">Its account; null where it has not traded yet.</param>
/// <param name="Equity">What the account was worth last; null before that is known.</param>
/// <param name="Trades">How many fills are booked.</param>
/// <param name="Speed">Speed of a replay; null for others.</param>
public sealed record RunOverview(RunRow Run, AccountRow? Account, decimal? Equity, long Trades, string? Speed);

/// <summary>A point of an equity curve with the realised numbers that belong to it.</summary>
/// <param name="Points">What the account was worth, by event time.</param>
/// <param name="Trades">Fills in the order of booking.</param>
public sealed record RunHistory(IReadOnlyList<EquityRow> Points, IReadOnlyList<TradeRow> Trades);

/// <summary>Reads runs, and asks for their end.</summary>
public sealed class RunQueries(IDbContextFactory<AITraderDbContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>Runs that are not to be deleted, newest first.</summary>
    /// <param name="kind">One of <see cref="RunKinds"/>; null for all.</param>
    /// <param name="before">Start of the last run of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<IReadOnlyList<RunOverview>> ListAsync(string? kind, DateTimeOffset? before, int limit, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var runs = await db
            .Runs.AsNoTracking()
            .Where(row => row.DeleteAskedAt == null && (kind == null || row.Kind == kind) && (before == null || row.StartedAt < before))
            .OrderByDescending(static row => row.StartedAt)
            .Take(limit)
            .ToListAsync(ct);
        return await WithAccountsAsync(db, runs, ct);
    }

    /// <summary>A run; null where there is none with this name, or it is to be deleted.</summary>
    public async Task<RunOverview?> FindAsync(string run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db.Runs.AsNoTracking().Where(row => row.Run == run && row.DeleteAskedAt == null).ToListAsync(ct);
        return (await WithAccountsAsync(db, found, ct)).SingleOrDefault();
    }

    /// <summary>The replay that began last, of those that are not to be deleted; null without any.</summary>
    public async Task<RunRow?> LatestReplayAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Runs.AsNoTracking()
            .Where(static row => row.Kind == RunKinds.Replay && row.DeleteAskedAt == null)
            .OrderByDescending(static row => row.StartedAt)
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>Equity and fills of a run, both of one moment.</summary>
    public async Task<RunHistory> HistoryAsync(string run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InSnapshotAsync(
            async token => new RunHistory(
                await db
                    .Equity.AsNoTracking()
                    .Where(row => db.Accounts.Any(account => account.Id == row.AccountId && account.Run == run))
                    .OrderBy(static row => row.Timestamp)
                    .ToListAsync(token),
                await db.Trades.AsNoTracking().Where(row => row.RunId == run).OrderBy(static row => row.TradeId).ToListAsync(token)
            ),
            ct
        );
    }

    /// <summary>Signals of a run in event order, one after the other.</summary>
    public async IAsyncEnumerable<SignalRow> SignalsAsync(
        string run,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = db
            .Signals.AsNoTracking()
            .Where(row => row.Run == run)
            .OrderBy(static row => row.Timestamp)
            .ThenBy(static row => row.Seq)
            .ThenBy(static row => row.Id)
            .AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(ct))
        {
            yield return row;
        }
    }

    /// <summary>Marks a run to be deleted, with an audit event; false where it is live, has not ended or is not there.</summary>
    public async Task<bool> AskDeleteAsync(string run, Guid? user, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                DateTimeOffset? now = time.GetUtcNow();
                var marked = await db
                    .Runs.Where(row =>
                        row.Run == run && row.Run != string.Empty && row.State != ReplayStates.Running && row.DeleteAskedAt == null
                    )
                    .ExecuteUpdateAsync(set => set.SetProperty(static row => row.DeleteAskedAt, now), token);
                if (marked > 0)
                {
                    audit.Add(db, new AuditEntry("run.delete_asked", user, "run", run, new { run }));
                }

                return marked > 0;
            },
            ct
        );
    }

    private static async Task<IReadOnlyList<RunOverview>> WithAccountsAsync(AITraderDbContext db, List<RunRow> runs, CancellationToken ct)
    {
        var names = runs.ConvertAll(static run => run.Run);
        var accounts = await db.Accounts.AsNoTracking().Where(row => names.Contains(row.Run)).ToListAsync(ct);
        var ids = accounts.ConvertAll(static account => account.Id);
        var worth = await db
            .Equity.Where(row => ids.Contains(row.AccountId))
            .GroupBy(static row => row.AccountId)
            .Select(static group => group.OrderByDescending(static row => row.Timestamp).First())
            .ToDictionaryAsync(static row => row.AccountId, static row => row.Equity, ct);
        var trades = await db
            .Trades.Where(row => names.Contains(row.RunId))
            .GroupBy(static row => row.RunId)
            .Select(static group => new { Run = group.Key, Count = group.LongCount() })
            .ToDictionaryAsync(static row => row.Run, static row => row.Count, StringComparer.Ordinal, ct);
        var speeds = await db
            .ReplayRuns.Where(row => names.Contains(row.Run))
            .ToDictionaryAsync(static row => row.Run, static row => row.Speed, StringComparer.Ordinal, ct);
        return runs.ConvertAll(run =>
        {
            var account = accounts.Find(row => row.Run == run.Run);
            return new RunOverview(
                run,
                account,
                account is not null && worth.TryGetValue(account.Id, out var equity) ? equity : null,
                trades.GetValueOrDefault(run.Run),
                speeds.GetValueOrDefault(run.Run)
            );
        });
    }
}
