using AITrader.Domain.Orders;
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
    }

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
            Side = fill.Side == WireNames.Name(Side.Buy) ? Side.Buy : Side.Sell,
            Quantity = fill.Qty,
            Price = fill.Price,
            Fees = fill.Fees,
            Pnl = fill.Pnl,
            StrategyTag = fill.StrategyTag,
            RunId = backtest.Run,
        });
}
