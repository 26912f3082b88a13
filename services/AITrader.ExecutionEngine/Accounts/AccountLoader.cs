using AITrader.Contracts;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Instruments;
using AITrader.Storage.Leasing;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;
using AITrader.Trading.Ledger;
using AITrader.Trading.Risk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>Rebuilds the desk from what is stored. A start and a restart after a failure are the same thing.</summary>
internal sealed class AccountLoader(
    IDbContextFactory<AITraderDbContext> contexts,
    IStreamState state,
    TradableInstruments instruments,
    IOptions<ExecutionOptions> options,
    ILogger<AccountLoader> log
)
{
    private readonly TradingSettings _settings = new(instruments.Find, options.Value.Limits, options.Value.Fills, static (order, tick) =>
        DeterministicId.Execution(order, tick, 0)
    );

    public async Task<DeskAccount> LoadAsync(Lease lease, CancellationToken ct)
    {
        // Before anything is read: from here on a former holder of the lease can change nothing.
        await state.FenceAsync(MarketSnapshot.Key, lease.Token, ct);
        var snapshot = MarketSnapshot.Read(await state.GetAsync(MarketSnapshot.Key, ct));
        await using var db = await contexts.CreateDbContextAsync(ct);
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(ct)
            ?? throw new InvalidOperationException("There is no account: run the migrations first.");
        var desk = new TradingDesk(_settings, new AccountLedger(account.InitialCash));
        await BookExecutionsAsync(db, desk, snapshot, ct);
        var working = await RestoreOrdersAsync(db, desk, ct);
        if (snapshot is not null)
        {
            desk.Restore(snapshot.Run, snapshot.Seq, snapshot.Now, snapshot.Markets);
        }

        var opening = desk.SetTradingState(TradingStateNames.Parse(account.TradingState));
        log.AccountLoaded(desk.Ledger.Booked, desk.Working.Count, account.TradingState, snapshot?.Run ?? "-", snapshot?.Seq ?? 0);
        var deskAccount = new DeskAccount(lease, desk, account.TradingState, account.Cash, opening);
        await RestoreTracesAsync(db, deskAccount, working, ct);
        return deskAccount;
    }

    // The serial trade id is the order of booking. An average cost depends on that order, so it decides here too.
    private static async Task BookExecutionsAsync(AITraderDbContext db, TradingDesk desk, MarketSnapshot? snapshot, CancellationToken ct)
    {
        var rows = db.Executions.AsNoTracking().OrderBy(static row => row.TradeId).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(ct))
        {
            var execution = Map(row);
            desk.Ledger.Book(execution);
            if (snapshot is not null && row.Run == snapshot.Run && row.Seq > snapshot.Seq)
            {
                desk.Restore(execution);
            }
        }
    }

    // What fills from now on belongs to the trace that its order came in; its span is gone with the last process.
    private static async Task RestoreTracesAsync(AITraderDbContext db, DeskAccount deskAccount, List<Guid> orders, CancellationToken ct)
    {
        var causes = await (
            from order in db.Orders
            where orders.Contains(order.Id)
            join decision in db.Decisions on order.DecisionId equals decision.Id
            join signal in db.Signals on decision.SignalId equals signal.Id
            select new { order.Id, signal.TickId }
        ).ToListAsync(ct);
        foreach (var cause in causes)
        {
            deskAccount.SetTrace(cause.Id, TickTrace.Effect(cause.TickId));
        }
    }

    private static async Task<List<Guid>> RestoreOrdersAsync(AITraderDbContext db, TradingDesk desk, CancellationToken ct)
    {
        var orders = await db.Orders.AsNoTracking().Where(row => !OrderStatuses.Terminal.Contains(row.Status)).ToListAsync(ct);
        var ids = orders.ConvertAll(static row => row.Id);
        var executions = await db.Executions.AsNoTracking().Where(row => ids.Contains(row.OrderId)).ToListAsync(ct);
        var byOrder = executions.ToLookup(static row => row.OrderId);
        foreach (var row in orders)
        {
            desk.Restore(row.ToOrder([.. byOrder[row.Id]]));
        }

        return ids;
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
