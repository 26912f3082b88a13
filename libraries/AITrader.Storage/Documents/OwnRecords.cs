using AITrader.Domain.Orders;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Documents;

/// <summary>A live trade, as a document tells of it.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="Timestamp">Event time.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Quantity">Quantity.</param>
/// <param name="Price">Price.</param>
/// <param name="Fees">Fees in quote currency.</param>
/// <param name="Pnl">P&amp;L realised by it.</param>
/// <param name="Origin">Pattern or strategy that led to it.</param>
public sealed record LiveTrade(
    string Symbol,
    DateTimeOffset Timestamp,
    Side Side,
    decimal Quantity,
    decimal Price,
    decimal Fees,
    decimal Pnl,
    string? Origin
);

/// <summary>What trades, backtests, replays and news have left behind, to be made into documents.</summary>
public sealed class OwnRecords(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Live trades of a time, in order. Those of replays are of another time than the one in which they were made.</summary>
    public async Task<List<LiveTrade>> TradesAsync(DateTimeOffset begin, DateTimeOffset end, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await (
            from execution in db.Executions
            join trade in db.Trades on execution.TradeId equals (int?)trade.TradeId
            where execution.Run == "" && trade.Timestamp >= begin && trade.Timestamp < end
            orderby trade.Timestamp, trade.TradeId
            select new LiveTrade(
                trade.Symbol,
                trade.Timestamp,
                trade.Side,
                trade.Quantity,
                trade.Price,
                trade.Fees,
                trade.Pnl,
                trade.StrategyTag
            )
        ).ToListAsync(ct);
    }

    /// <summary>Backtests that ended since a moment.</summary>
    public async Task<List<BacktestRow>> BacktestsAsync(DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Backtests.AsNoTracking().Where(row => row.CreatedAt >= since).OrderBy(static row => row.CreatedAt).ToListAsync(ct);
    }

    /// <summary>Replays that ended since a moment, with the trades and the P&amp;L of each.</summary>
    public async Task<List<(ReplayRunRow Replay, int Trades, decimal Pnl)>> ReplaysAsync(DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db
            .ReplayRuns.AsNoTracking()
            .Where(row => row.FinishedAt >= since && row.State == ReplayStates.Finished)
            .OrderBy(static row => row.FinishedAt)
            .Select(row => new
            {
                Replay = row,
                Trades = db.Executions.Count(one => one.Run == row.Run),
                Pnl = db.Executions.Where(one => one.Run == row.Run).Sum(static one => one.Trade!.Pnl),
            })
            .ToListAsync(ct);
        return found.ConvertAll(static one => (one.Replay, one.Trades, one.Pnl));
    }

    /// <summary>Scored texts of sources that documents may have, since an event time.</summary>
    public async Task<List<SentimentItemRow>> NewsAsync(DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .SentimentItems.AsNoTracking()
            .Where(row =>
                row.Timestamp >= since
                && (row.ReceivedAt == null || row.Model != "")
                && (row.Source.StartsWith(DocumentSources.News) || row.Source.StartsWith(DocumentSources.Filing))
            )
            .OrderBy(static row => row.Timestamp)
            .ThenBy(static row => row.Id)
            .ToListAsync(ct);
    }
}
