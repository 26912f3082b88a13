using AITrader.Contracts;
using AITrader.Domain.Orders;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;

namespace AITrader.ExecutionEngine.Tests.Support;

/// <summary>Plays market-data and strategy for a session, and reads what the engine made of it.</summary>
internal static class Replay
{
    /// <summary>Publishes ticks and, in lock-step, orders; ends when the engine has seen the last tick.</summary>
    public static async Task PlayAsync(Bench bench, Session session, int copiesOfOrders = 1)
    {
        var ct = TestContext.Current.CancellationToken;
        await bench.Bus.PublishAsync(session.Ticks, ct);
        foreach (var (seq, orders) in session.Orders)
        {
            await bench.Watermarks.AdvanceAsync(session.Run, ReplayStages.Strategy, seq - 1, ct);
            await WaitAsync(bench, session.Run, seq);
            for (var copy = 0; copy < copiesOfOrders; copy++)
            {
                await bench.Bus.PublishAsync(orders, ct);
            }
        }

        await bench.Watermarks.AdvanceAsync(session.Run, ReplayStages.Strategy, session.Ticks.Count, ct);
        await WaitAsync(bench, session.Run, session.Ticks.Count);
    }

    public static Task WaitAsync(Bench bench, string run, long seq) => bench.UntilAsync(run, ReplayStages.Execution, seq);

    /// <summary>Every row that a replay must repeat, as text, in a fixed order.</summary>
    public static async Task<IReadOnlyList<string>> RowsAsync(Bench bench)
    {
        await using var db = bench.NewContext();
        var rows = new List<string>();
        foreach (var order in await db.Orders.OrderBy(static row => row.Seq).ThenBy(static row => row.Id).ToListAsync())
        {
            rows.Add(
                $"order {order.Id} {order.Symbol} {order.Side} {order.Type} {order.TimeInForce} {order.Quantity:0.########} {order.Price:0.########} {order.FilledQuantity:0.########} {order.AveragePrice} {order.Status} {order.Reason} {order.Seq} {order.EventTime:O} {order.Conditions} {order.Held} {order.Change} {order.ReducedQuantity}"
            );
        }

        foreach (var step in await db.OrderEvents.OrderBy(static row => row.Id).ToListAsync())
        {
            rows.Add(
                $"event {step.OrderId} {step.Status} {step.Reason} {step.Quantity:0.########} {step.Price:0.########} {step.Timestamp:O} {step.Seq}"
            );
        }

        foreach (var execution in await db.Executions.Include(static row => row.Trade).OrderBy(static row => row.TradeId).ToListAsync())
        {
            rows.Add(
                $"execution {execution.ExecId} {execution.OrderId} {execution.Quantity:0.########} {execution.Price:0.########} {execution.Fee:0.########} {execution.Liquidity} {execution.Timestamp:O} {execution.Seq} {execution.Trade!.Pnl:0.########} {execution.Trade.StrategyTag}"
            );
        }

        foreach (var position in await db.Positions.OrderBy(static row => row.Symbol).ToListAsync())
        {
            rows.Add(
                $"position {position.Symbol} {position.Quantity:0.########} {position.AveragePrice:0.########} {position.RealisedPnl:0.########} {position.Fees:0.########}"
            );
        }

        var account = await db.Accounts.OrderBy(static row => row.Id).LastAsync();
        rows.Add($"account {account.Cash:0.########} {account.RealisedPnl:0.########} {account.Fees:0.########} {account.TradingState}");
        return rows;
    }

    /// <summary>The stored rows against a desk of its own, one by one.</summary>
    public static async Task AssertAsExpectedAsync(Bench bench, Session session)
    {
        var (desk, outcomes) = session.Expect();
        await using var db = bench.NewContext();
        var events = await db
            .OrderEvents.Where(row => db.Orders.Any(order => order.Id == row.OrderId && order.Run == session.Run))
            .OrderBy(static row => row.Id)
            .ToListAsync();
        Assert.Equal(
            outcomes.Select(static outcome =>
                $"{outcome.Order.Id} {WireNames.Name(outcome.Status)} {outcome.Reason} {outcome.Fill?.Quantity:0.########} {outcome.Fill?.Price:0.########} {outcome.Seq}"
            ),
            events.Select(static step =>
                $"{step.OrderId} {step.Status} {step.Reason} {step.Quantity:0.########} {step.Price:0.########} {step.Seq}"
            )
        );

        var executions = outcomes.Where(static outcome => outcome.Fill is not null).ToList();
        Assert.Equal(
            executions.Select(static outcome => (outcome.Fill!.ExecId, outcome.Fill.Fee, outcome.Realised)),
            (
                await db
                    .Executions.Where(row => row.Run == session.Run)
                    .Include(static row => row.Trade)
                    .OrderBy(static row => row.TradeId)
                    .ToListAsync()
            ).Select(static row => (row.ExecId, row.Fee, row.Trade!.Pnl))
        );
        Assert.Equal(executions.Count, await db.Trades.CountAsync(row => row.RunId == session.Run));

        var account = await db.Accounts.SingleAsync(row => row.Run == session.Run);
        Assert.Equal((desk.Ledger.Cash, desk.Ledger.Realised, desk.Ledger.Fees), (account.Cash, account.RealisedPnl, account.Fees));
        var position = await db.Positions.SingleAsync(row => row.AccountId == account.Id);
        var expected = desk.Ledger.PositionOf(Session.Symbol);
        Assert.Equal(
            (expected.Quantity, expected.AveragePrice, expected.Realised),
            (position.Quantity, position.AveragePrice, position.RealisedPnl)
        );

        // At least once on the bus; without a crash in between, once. What an order after the last tick brought is stored a moment before.
        await Bench.UntilAsync(async () => !await db.Outbox.AnyAsync(static row => row.SentAt == null), "everything to be published");
        var fills = await bench.ReadAllAsync<Fill>();
        Assert.Equal(
            executions.Select(static outcome => outcome.Fill!.ExecId),
            fills.Where(fill => fill.Run == session.Run).Select(static fill => fill.ExecId).Distinct()
        );
    }
}
