using AITrader.Backend.Runs;
using AITrader.Domain.Orders;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;

namespace AITrader.Backend.Tests;

public sealed class RunStatisticsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_trade_that_a_split_came_into_is_one_trade_with_its_profit()
    {
        // One at 100 became ten at 10, which are sold at 11.
        var summary = RunStatistics.Of(History(Split(afterTrade: 1)), Start.AddHours(3))!;
        Assert.Equal((1, 1.0), (summary.Trades, summary.WinRate));

        // Booked after the sale it would be another trade: so the place counts.
        Assert.NotEqual(1.0, RunStatistics.Of(History(), Start.AddHours(3))!.WinRate);
    }

    private static RunHistory History(params AdjustmentRow[] splits) =>
        new(
            new AccountRow
            {
                Currency = "INR",
                InitialCash = 1_000m,
                Cash = 1_010m,
                RealisedPnl = 10m,
                UpdatedAt = Start,
            },
            [],
            [
                new EquityRow
                {
                    AccountId = 1,
                    GrossExposure = 0m,
                    Timestamp = Start,
                    Equity = 1_000m,
                    Cash = 1_000m,
                },
            ],
            [Execution(1, Side.Buy, 1m, 100m), Execution(2, Side.Sell, 10m, 11m)],
            splits
        );

    private static AdjustmentRow Split(int afterTrade) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Kind = AdjustmentKinds.Split,
            Symbol = "NSE:INFY",
            ExDate = new DateOnly(2026, 11, 30),
            NewUnits = 10,
            OldUnits = 1,
            LotSize = 1m,
            Number = 1,
            AfterTrade = afterTrade,
            RequestedAt = Start,
            DecidedAt = Start.AddHours(1.5),
        };

    private static DecidedExecution Execution(int trade, Side side, decimal quantity, decimal price) =>
        new(
            new ExecutionRow
            {
                ExecId = Guid.CreateVersion7(),
                OrderId = Guid.CreateVersion7(),
                Symbol = "NSE:INFY",
                Side = side,
                Quantity = quantity,
                Price = price,
                Fee = 0m,
                Liquidity = "taker",
                Timestamp = Start.AddHours(trade),
                Seq = trade,
                TradeId = trade,
                Rate = 1m,
                Run = string.Empty,
            },
            null
        );
}
