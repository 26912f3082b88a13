using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Runs;

/// <summary>Stores backtests as runs.</summary>
public sealed class BacktestRuns(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Stores a backtest with account, equity and trades; false where its run is there already, which then stays as it
    /// is.</summary>
    /// <param name="backtest">The backtest.</param>
    /// <param name="at">Wall clock of the request.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<bool> StoreAsync(StoredBacktest backtest, DateTimeOffset at, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(backtest);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                // The same backtest has the same name: whoever comes second waits for the first here, and finds it done.
                var isNew = await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO runs (run, kind, state, source, sha256, setup, statistics, started_at, finished_at)
                    VALUES ({backtest.Run}, {RunKinds.Backtest}, {ReplayStates.Finished}, {backtest.Source}, {backtest.Sha256},
                        {backtest.Setup.GetRawText()}::jsonb, {backtest.Statistics.GetRawText()}::jsonb, {at}, {at})
                    ON CONFLICT DO NOTHING
                    """,
                    token
                );
                if (isNew == 1)
                {
                    await AddAsync(db, backtest, at, token);
                }

                return isNew == 1;
            },
            ct
        );
    }

    private static async Task AddAsync(AITraderDbContext db, StoredBacktest backtest, DateTimeOffset at, CancellationToken ct)
    {
        var account = new AccountRow
        {
            Run = backtest.Run,
            Currency = backtest.Currency,
            InitialCash = backtest.InitialCash,
            Cash = backtest.Cash,
            RealisedPnl = backtest.RealisedPnl,
            Fees = backtest.Fees,
            UpdatedAt = at,
        };
        db.Accounts.Add(account);
        await db.SaveChangesAsync(ct);

        db.Equity.AddRange(PointsOf(backtest, account.Id));
        db.Trades.AddRange(TradesOf(backtest));
        db.Orders.AddRange(OrdersOf(backtest, at));
        db.Signals.AddRange(SignalsOf(backtest));
    }

    // Lists are in the order in which rows were made: a microsecond each keeps that of the backtest.
    private static IEnumerable<OrderRow> OrdersOf(StoredBacktest backtest, DateTimeOffset at) =>
        (backtest.Orders ?? []).Select(
            (order, index) =>
                new OrderRow
                {
                    Id = order.Id,
                    ClientOrderId = order.Id,
                    Symbol = order.Symbol,
                    Side = SideOf(order.Side),
                    Type = order.Type,
                    TimeInForce = order.Tif,
                    Quantity = order.Qty,
                    Price = order.Price,
                    Status = order.Status,
                    Reason = order.Reason,
                    FilledQuantity = order.FilledQty,
                    AveragePrice = order.AveragePrice,
                    ReferencePrice = order.ReferencePrice,
                    Origin = order.Tag,
                    Run = backtest.Run,
                    Seq = order.Seq,
                    LastSeq = order.Seq,
                    EventTime = order.Timestamp.ToUniversalTime(),
                    CreatedAt = at.AddMicroseconds(index),
                    UpdatedAt = at.AddMicroseconds(index),
                }
        );

    private static IEnumerable<SignalRow> SignalsOf(StoredBacktest backtest) =>
        (backtest.Signals ?? []).Select(signal => new SignalRow
        {
            Id = signal.Id,
            Symbol = signal.Symbol,
            Score = signal.Score,
            Timestamp = signal.Timestamp.ToUniversalTime(),
            Pattern = signal.Pattern,
            Direction = signal.Direction == "BULLISH" ? SignalDirection.Bullish : SignalDirection.Bearish,
            Price = signal.Price,
            TickId = signal.TickId,
            Seq = signal.Seq,
            Run = backtest.Run,
        });

    private static Side SideOf(string side) => side == WireNames.Name(Side.Buy) ? Side.Buy : Side.Sell;

    // Several points of one moment are one here: the last.
    private static IEnumerable<EquityRow> PointsOf(StoredBacktest backtest, int account) =>
        backtest
            .Equity.GroupBy(static point => point.Timestamp)
            .Select(static moment => moment.Last())
            .Select(point => new EquityRow
            {
                AccountId = account,
                Timestamp = point.Timestamp.ToUniversalTime(),
                Cash = point.Cash,
                Equity = point.Equity,
                GrossExposure = point.GrossExposure,
            });

    private static IEnumerable<TradeRow> TradesOf(StoredBacktest backtest) =>
        backtest.Fills.Select(fill => new TradeRow
        {
            Timestamp = fill.Timestamp.ToUniversalTime(),
            Symbol = fill.Symbol,
            Side = SideOf(fill.Side),
            Quantity = fill.Qty,
            Price = fill.Price,
            Fees = fill.Fees,
            Pnl = fill.Pnl,
            StrategyTag = fill.StrategyTag,
            RunId = backtest.Run,
        });
}
