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
    AdjustmentReader adjustments,
    AccountOpening opening,
    Lane lane,
    IStreamState state,
    RiskControl risk,
    TradableInstruments instruments,
    IExecutionVenue venue,
    IOptions<ExecutionOptions> options,
    ILogger<AccountLoader> log
)
{
    /// <summary>The run to begin with: live, or the newest replay that has traded; null where there is none.</summary>
    public async Task<RunChoice?> FirstRunAsync(CancellationToken ct) =>
        !lane.IsReplay ? RunChoice.Live
        : await reader.FindNewestReplayAsync(ct) is { } newest ? new RunChoice(newest.Run, string.Empty)
        : null;

    public async Task<DeskAccount> LoadAsync(Lease lease, RunChoice choice, CancellationToken ct)
    {
        // Before anything is read: from here on a former holder of the lease can change nothing.
        await state.FenceAsync(lane.Key(MarketSnapshot.Key), lease.Token, ct);
        var snapshot = await SnapshotAsync(choice.Run, ct);
        var account = await opening.FindOrOpenAsync(lease, choice, ct);
        var desk = new TradingDesk(SettingsOf(account), new AccountLedger(account.InitialCash))
        {
            Broker = lane.IsReplay ? null : venue.Capabilities,
        };
        var adjusted = await adjustments.BookedAsync(account.Id, ct);
        await BookExecutionsAsync(desk, account, snapshot, adjusted, ct);
        var working = await RestoreOrdersAsync(desk, account.Run, ct);
        if (snapshot is not null)
        {
            desk.Restore(snapshot.Run, snapshot.Seq, snapshot.Now, snapshot.Markets);
            foreach (var row in adjusted.Where(row => row.AfterSeq >= snapshot.Seq))
            {
                desk.Rescale(row);
            }
        }

        await RestoreRiskAsync(desk, account, snapshot, ct);
        IReadOnlyList<TradingOutcome> outcomes =
        [
            .. desk.SetTradingState(TradingStateNames.Parse(account.TradingState)),
            .. await risk.ApplyAsync(desk, ct),
        ];
        log.AccountLoaded(account.Id, account.Run, desk.Ledger.Booked, desk.Working.Count, account.TradingState, snapshot?.Seq ?? 0);
        var equity = new EquityCurve(account.Id, options.Value.EquityInterval, await reader.LastEquityAsync(account.Id, ct));
        var deskAccount = new DeskAccount(lease, account, desk, equity, outcomes);
        await RestoreTracesAsync(deskAccount, working, ct);
        deskAccount.Broker = lane.IsReplay ? null : await venue.OpenAsync(deskAccount, ct);
        return deskAccount;
    }

    private TradingSettings SettingsOf(AccountRow account) =>
        new(instruments.Find, options.Value.Limits, options.Value.Fills, static (order, tick) => DeterministicId.Execution(order, tick, 0))
        {
            Rates = ConfiguredRates.Into(account.Currency, options.Value.Rates),
            Fees = venue.Fees,
        };

    // What is known of the markets of another run says nothing about this one's.
    private async Task<MarketSnapshot?> SnapshotAsync(string run, CancellationToken ct) =>
        MarketSnapshot.Read(await state.GetAsync(lane.Key(MarketSnapshot.Key), ct)) is { } found && found.Run == run ? found : null;

    private async Task RestoreRiskAsync(TradingDesk desk, AccountRow account, MarketSnapshot? snapshot, CancellationToken ct)
    {
        desk.LossBase = account.LossBase is { } losses ? JsonSerializer.Deserialize(losses, RiskJson.Default.LossBase) : null;
        if (snapshot is not null)
        {
            var activity = await reader.ActivityAsync(snapshot.Run, snapshot.Now - OrderActivity.Longest, ct);
            desk.Activity.Restore(activity.Messages, activity.Executions, activity.RecentOrders, activity.RecentExecutions);
        }
    }

    // Splits and dividends where they were booked, between two executions: an average cost depends on the order.
    private async Task BookExecutionsAsync(
        TradingDesk desk,
        AccountRow account,
        MarketSnapshot? snapshot,
        IReadOnlyList<AdjustmentRow> adjusted,
        CancellationToken ct
    )
    {
        var next = 0;
        await reader.ReadExecutionsAsync(
            account.Id,
            row =>
            {
                for (; next < adjusted.Count && adjusted[next].AfterTrade < row.TradeId; next++)
                {
                    desk.Ledger.Book(adjusted[next]);
                }

                var execution = Map(row);
                desk.Ledger.Book(execution);
                if (snapshot is not null && row.Run == snapshot.Run && row.Seq > snapshot.Seq)
                {
                    desk.Restore(execution);
                }
            },
            ct
        );
        for (; next < adjusted.Count; next++)
        {
            desk.Ledger.Book(adjusted[next]);
        }
    }

    // What fills from now on belongs to the trace that its order came in; its span is gone with the last process.
    private async Task RestoreTracesAsync(DeskAccount deskAccount, List<Guid> orders, CancellationToken ct)
    {
        foreach (var (order, tick) in await reader.CausesAsync(orders, ct))
        {
            deskAccount.SetTrace(order, TickTrace.Effect(tick));
        }
    }

    private async Task<List<Guid>> RestoreOrdersAsync(TradingDesk desk, string run, CancellationToken ct)
    {
        var working = await reader.WorkingOrdersAsync(run, ct);
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
            Rate = row.Rate,
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
