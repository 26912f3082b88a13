using AITrader.Contracts.Messages;
using AITrader.Domain.Orders;
using AITrader.Storage.Leasing;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;
using AITrader.Trading.Risk;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>The trading desk of an account, with the values that are stored of it.</summary>
internal sealed class DeskAccount(
    Lease lease,
    AccountRow account,
    TradingDesk desk,
    EquityCurve equity,
    IReadOnlyList<TradingOutcome> opening
)
{
    private readonly Dictionary<Guid, string> _traces = [];

    /// <summary>The lease under which the account was loaded: without it nothing is stored.</summary>
    public Lease Lease { get; } = lease;

    /// <summary>Id of the account.</summary>
    public int Id { get; } = account.Id;

    /// <summary>Run that trades on it; empty for live.</summary>
    public string Run { get; } = account.Run;

    public TradingDesk Desk { get; } = desk;

    /// <summary>What is to be written down of its worth.</summary>
    public EquityCurve Equity { get; } = equity;

    /// <summary>Trading state as last read from or written to the account.</summary>
    public string TradingState { get; set; } = account.TradingState;

    /// <summary>Cash as stored.</summary>
    public decimal StoredCash { get; set; } = account.Cash;

    /// <summary>Outcomes of setting the stored trading state.</summary>
    public IReadOnlyList<TradingOutcome> Opening { get; } = opening;

    /// <summary>What losses are measured from, as stored.</summary>
    public LossBase? StoredLosses { get; set; } = desk.LossBase;

    /// <summary>Why a check has halted trading that is not stored as halted; null where none has.</summary>
    public Denial? UnstoredHalt =>
        TradingState != TradingStates.Halted && Desk.TradingState == Trading.Risk.TradingState.Halted ? Desk.HaltReason : null;

    /// <summary>The broker's side of it; null where live orders are simulated.</summary>
    public IBrokerSession? Broker { get; set; }

    /// <summary>Marks as stored, by symbol.</summary>
    public Dictionary<string, decimal> StoredMarks { get; } = new(StringComparer.Ordinal);

    /// <summary>Checks and takes a new order; an entry with exits is taken with them or not at all. Entry first.</summary>
    public IReadOnlyList<TradingOutcome> Submit(OrderRequest request, OrderMessage message) =>
        message is { TakeProfit: { } profit, StopLoss: { } loss }
            ? Desk.Submit(Bracket.Around(request, profit, loss), isDuplicate: false)
            : [Desk.Submit(request, isDuplicate: false)];

    /// <summary>Trace of a working order's message; empty where it has none.</summary>
    public string TraceOf(Guid order) => _traces.GetValueOrDefault(order, string.Empty);

    public void SetTrace(Guid order, string trace)
    {
        if (trace.Length > 0)
        {
            _traces[order] = trace;
        }
    }

    public void RemoveTrace(Guid order) => _traces.Remove(order);
}

/// <summary>The stored and the computed account differ: nothing may be traded on it.</summary>
internal sealed class AccountInDoubtException(string identity, string message) : Exception(message)
{
    /// <summary>Which identity is broken.</summary>
    public string Identity { get; } = identity;
}
