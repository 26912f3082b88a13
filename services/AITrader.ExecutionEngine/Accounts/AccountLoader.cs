using System.Text.Json;
using AITrader.Contracts;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.ExecutionEngine.Risk;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Instruments;
using AITrader.Storage.Accounts;
using AITrader.Storage.Leasing;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;
using AITrader.Trading.Ledger;
using AITrader.Trading.Risk;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>Rebuilds the desk from what is stored. A start and a restart after a failure are the same thing.</summary>
internal sealed class AccountLoader(
    AccountReader reader,
    IStreamState state,
    RiskControl risk,
    TradableInstruments instruments,
    IExecutionVenue venue,
    IOptions<ExecutionOptions> options,
    ILogger<AccountLoader> log
)
{
    private readonly TradingSettings _settings = new(instruments.Find, options.Value.Limits, options.Value.Fills, static (order, tick) =>
        DeterministicId.Execution(order, tick, 0)
    )
    {
        Fees = venue.Fees,
    };

    public async Task<DeskAccount> LoadAsync(Lease lease, CancellationToken ct)
    {
        // Before anything is read: from here on a former holder of the lease can change nothing.
        await state.FenceAsync(MarketSnapshot.Key, lease.Token, ct);
        var snapshot = MarketSnapshot.Read(await state.GetAsync(MarketSnapshot.Key, ct));
        var account = await reader.FindAsync(ct) ?? throw new InvalidOperationException("There is no account: run the migrations first.");
        var desk = new TradingDesk(_settings, new AccountLedger(account.InitialCash)) { Broker = venue.Capabilities };
        await BookExecutionsAsync(desk, snapshot, ct);
        var working = await RestoreOrdersAsync(desk, ct);
        if (snapshot is not null)
        {
            desk.Restore(snapshot.Run, snapshot.Seq, snapshot.Now, snapshot.Markets);
        }

        await RestoreRiskAsync(desk, account, snapshot, ct);
        IReadOnlyList<TradingOutcome> opening =
        [
            .. desk.SetTradingState(TradingStateNames.Parse(account.TradingState)),
            .. await risk.ApplyAsync(desk, ct),
        ];
        log.AccountLoaded(desk.Ledger.Booked, desk.Working.Count, account.TradingState, snapshot?.Run ?? "-", snapshot?.Seq ?? 0);
        var deskAccount = new DeskAccount(lease, desk, account.TradingState, account.Cash, opening);
        await RestoreTracesAsync(deskAccount, working, ct);
        deskAccount.Broker = await venue.OpenAsync(deskAccount, ct);
        return deskAccount;
    }

    private async Task RestoreRiskAsync(TradingDesk desk, AccountRow account, MarketSnapshot? snapshot, CancellationToken ct)
    {
        desk.LossBase = account.LossBase is { } losses ? JsonSerializer.Deserialize(losses, RiskJson.Default.LossBase) : null;
        if (snapshot is not null)
        {
            var activity = await reader.ActivityAsync(snapshot.Run, snapshot.Now - OrderActivity.Longest, ct);
            desk.Activity.Restore(activity.Messages, activity.Executions, activity.RecentOrders, activity.RecentExecutions);
        }
    }

    private Task BookExecutionsAsync(TradingDesk desk, MarketSnapshot? snapshot, CancellationToken ct) =>
        reader.ReadExecutionsAsync(
            row =>
            {
                var execution = Map(row);
                desk.Ledger.Book(execution);
                if (snapshot is not null && row.Run == snapshot.Run && row.Seq > snapshot.Seq)
                {
                    desk.Restore(execution);
                }
            },
            ct
        );

    // What fills from now on belongs to the trace that its order came in; its span is gone with the last process.
    private async Task RestoreTracesAsync(DeskAccount deskAccount, List<Guid> orders, CancellationToken ct)
    {
        foreach (var (order, tick) in await reader.CausesAsync(orders, ct))
        {
            deskAccount.SetTrace(order, TickTrace.Effect(tick));
        }
    }

    private async Task<List<Guid>> RestoreOrdersAsync(TradingDesk desk, CancellationToken ct)
    {
        var working = await reader.WorkingOrdersAsync(ct);
        foreach (var (row, executions) in working)
        {
            desk.Restore(row.ToOrder(executions));
        }

        return [.. working.Select(static found => found.Order.Id)];
    }

    private static Fill Map(ExecutionRow row) =>
        new()
        {
            ExecId = row.ExecId,
            OrderId = row.OrderId,
            Symbol = row.Symbol,
            Side = row.Side,
            Quantity = row.Quantity,
            Price = row.Price,
            Fee = row.Fee,
            IsTaker = row.Liquidity == "taker",
            Timestamp = row.Timestamp,
            Seq = row.Seq,
        };
}

/// <summary>Names of trading states as the account stores them.</summary>
internal static class TradingStateNames
{
    public static TradingState Parse(string name) =>
        name switch
        {
            TradingStates.Active => TradingState.Active,
            TradingStates.Reducing => TradingState.Reducing,
            _ => TradingState.Halted,
        };
}
