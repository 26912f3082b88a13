using System.Globalization;
using AITrader.Domain.Orders;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.SystemSupport;

/// <summary>What a replay run left in the database, as lines that can be compared: everything that must not depend on speed, scheduling or
/// crashes.</summary>
public sealed record RunRecord
{
    /// <summary>Signals.</summary>
    public required IReadOnlyList<string> Signals { get; init; }

    /// <summary>Decisions with their orders' ids.</summary>
    public required IReadOnlyList<string> Decisions { get; init; }

    /// <summary>Orders as they ended.</summary>
    public required IReadOnlyList<string> Orders { get; init; }

    /// <summary>Executions.</summary>
    public required IReadOnlyList<string> Executions { get; init; }

    /// <summary>Trades, in the order of their executions.</summary>
    public required IReadOnlyList<string> Trades { get; init; }

    /// <summary>Ticks stored.</summary>
    public required int Ticks { get; init; }

    /// <summary>Different sequence numbers among them.</summary>
    public required int DistinctTicks { get; init; }

    /// <summary>Reads the rows of a run.</summary>
    public static async Task<RunRecord> ReadAsync(AITraderDbContext db, string run, CancellationToken ct)
    {
        var signals = await db
            .Signals.AsNoTracking()
            .Where(r => r.Run == run)
            .OrderBy(static r => r.Seq)
            .ThenBy(static r => r.Pattern)
            .ToListAsync(ct);
        var decisions = await db
            .Decisions.AsNoTracking()
            .Where(r => r.Run == run)
            .OrderBy(static r => r.Seq)
            .ThenBy(static r => r.Id)
            .ToListAsync(ct);
        var orders = await db
            .Orders.AsNoTracking()
            .Where(r => r.Run == run)
            .OrderBy(static r => r.Seq)
            .ThenBy(static r => r.Id)
            .ToListAsync(ct);
        var executions = await db
            .Executions.AsNoTracking()
            .Include(static e => e.Trade)
            .Where(r => r.Run == run)
            .OrderBy(static r => r.Seq)
            .ThenBy(static r => r.ExecId)
            .ToListAsync(ct);
        return new RunRecord
        {
            Signals = signals.ConvertAll(static s =>
                Line($"{s.Seq} {s.Id} {Time(s.Timestamp)} {s.Symbol} {s.Pattern} {s.Direction} {s.Score:R} {s.Price / 1.0000000000m}")
            ),
            Decisions = decisions.ConvertAll(static d =>
                Line($"{d.Seq} {d.Id} {d.SignalId} {Time(d.Timestamp)} {d.Symbol} {d.Action} {d.Score:R} {d.OrderId}")
            ),
            Orders = orders.ConvertAll(static o =>
                Line(
                    $"{o.Seq} {o.Id} {o.DecisionId} {o.Symbol} {o.Side} {o.Type} {o.Quantity:F8} {o.Price:F8} {o.Status} {o.FilledQuantity:F8} {o.AveragePrice:F8} {o.Reason}"
                )
            ),
            Executions = executions.ConvertAll(static e =>
                Line(
                    $"{e.Seq} {e.ExecId} {e.OrderId} {Time(e.Timestamp)} {e.Symbol} {e.Side} {e.Quantity:F8} {e.Price:F8} {e.Fee:F8} {e.Liquidity}"
                )
            ),
            Trades = executions.ConvertAll(static e => TradeLine(e.Seq, e.Trade!)),
            Ticks = await db.Ticks.CountAsync(t => t.Run == run, ct),
            DistinctTicks = await db.Ticks.Where(t => t.Run == run).Select(static t => t.Seq).Distinct().CountAsync(ct),
        };
    }

    /// <summary>A trade as a line.</summary>
    public static string TradeLine(
        long seq,
        DateTimeOffset time,
        string symbol,
        string side,
        decimal quantity,
        decimal price,
        decimal fee,
        decimal pnl,
        string tag
    ) => Line($"{seq} {Time(time)} {symbol} {side} {quantity:F8} {price:F8} {fee:F8} {pnl:F8} {tag}");

    private static string TradeLine(long seq, TradeRow trade) =>
        TradeLine(
            seq,
            trade.Timestamp,
            trade.Symbol,
            trade.Side == Side.Buy ? "BUY" : "SELL",
            trade.Quantity,
            trade.Price,
            trade.Fees,
            trade.Pnl,
            trade.StrategyTag ?? string.Empty
        );

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}
