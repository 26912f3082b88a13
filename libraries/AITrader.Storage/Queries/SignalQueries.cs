using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>A signal and what was decided about it.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="DecisionId">The decision; null where there is none yet.</param>
/// <param name="Action">BUY, SELL or HOLD; null where nothing was decided yet.</param>
public sealed record DecidedSignal(SignalRow Signal, Guid? DecisionId, string? Action);

/// <summary>Reads signals.</summary>
public sealed class SignalQueries(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Signals with their decisions, newest first.</summary>
    /// <param name="run">Of this run, empty for live; null for all.</param>
    /// <param name="symbol">Of this instrument; null for all.</param>
    /// <param name="before">End of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<IReadOnlyList<DecidedSignal>> ListAsync(
        string? run,
        string? symbol,
        KeysetPosition? before,
        int limit,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = db
            .Signals.AsNoTracking()
            .Where(row => run == null || row.Run == run)
            .Where(row => symbol == null || row.Symbol == symbol);
        if (before is var (time, id))
        {
            rows = rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.Timestamp, row.Id), ValueTuple.Create(time, id)));
        }

        var found = await rows.OrderByDescending(static row => row.Timestamp)
            .ThenByDescending(static row => row.Id)
            .Take(limit)
            .ToListAsync(ct);
        var ids = found.ConvertAll(static row => row.Id);
        var decisions = await db
            .Decisions.Where(row => ids.Contains(row.SignalId))
            .Select(static row => new
            {
                row.SignalId,
                row.Id,
                row.Action,
            })
            .ToDictionaryAsync(static row => row.SignalId, ct);
        return found.ConvertAll(row =>
            decisions.TryGetValue(row.Id, out var decision)
                ? new DecidedSignal(row, decision.Id, decision.Action)
                : new DecidedSignal(row, DecisionId: null, Action: null)
        );
    }
}
