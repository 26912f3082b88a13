using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Decisions;

/// <summary>What is stored of a position and its orders at the tick of a signal.</summary>
/// <param name="Quantity">Signed position.</param>
/// <param name="Working">Signed quantity that working orders of earlier ticks may still fill.</param>
/// <param name="LastOrderAt">Event time of the symbol's last order in this run.</param>
/// <param name="Unsettled">Provenance of the decisions whose orders may not have a row yet.</param>
public sealed record StoredPosition(decimal Quantity, decimal Working, DateTimeOffset? LastOrderAt, IReadOnlyList<string> Unsettled);

/// <summary>Reads positions from the database, where a restart finds the same.</summary>
public sealed class PositionReader(IDbContextFactory<AITraderDbContext> contexts)
{
    // Live, an order that is decided becomes a row within moments.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(1);

    /// <summary>Reads the position that a signal finds.</summary>
    /// <remarks>
    /// Orders that earlier ticks caused count by their rows, which are settled up to this tick. Those of this very tick may or
    /// may not have a row yet, so they count by their decisions.
    /// </remarks>
    public async Task<StoredPosition> ReadAsync(Signal signal, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(signal);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var position = await db
            .Positions.Where(row => row.Symbol == signal.Symbol && db.Accounts.Any(a => a.Id == row.AccountId && a.Run == signal.Run))
            .Select(static row => row.Quantity)
            .SingleOrDefaultAsync(ct);
        var working = await db
            .Orders.Where(row =>
                row.Symbol == signal.Symbol && row.Run == signal.Run && row.Seq < signal.Seq && !OrderStatuses.Terminal.Contains(row.Status)
            )
            .Select(static row => new { row.Side, Open = row.Quantity - row.FilledQuantity })
            .ToListAsync(ct);
        var decided = db.Decisions.Where(row => row.Symbol == signal.Symbol && row.Run == signal.Run && row.OrderId != null);
        var last = await decided
            .OrderByDescending(static row => row.Timestamp)
            .Select(static row => (DateTimeOffset?)row.Timestamp)
            .FirstOrDefaultAsync(ct);
        var unsettled = await UnsettledAsync(db, decided, signal, ct);
        return new StoredPosition(
            position,
            working.Sum(static order => order.Side == Side.Buy ? order.Open : -order.Open),
            last,
            unsettled
        );
    }

    private static Task<List<string>> UnsettledAsync(
        AITraderDbContext db,
        IQueryable<DecisionRow> decided,
        Signal signal,
        CancellationToken ct
    )
    {
        if (signal.Run.Length > 0)
        {
            return decided.Where(row => row.Seq == signal.Seq).Select(static row => row.Provenance).ToListAsync(ct);
        }

        var since = signal.Timestamp - OnItsWay;
        return decided
            .Where(row => row.Timestamp >= since && (row.Seq == signal.Seq || !db.Orders.Any(order => order.Id == row.OrderId)))
            .Select(static row => row.Provenance)
            .ToListAsync(ct);
    }
}
