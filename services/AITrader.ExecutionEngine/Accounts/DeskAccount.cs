using AITrader.Storage.Leasing;
using AITrader.Trading.Engine;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>The desk and what is known to be stored of it.</summary>
internal sealed class DeskAccount(
    Lease lease,
    TradingDesk desk,
    string tradingState,
    decimal storedCash,
    IReadOnlyList<TradingOutcome> opening
)
{
    private readonly Dictionary<Guid, string> _traces = [];

    /// <summary>Under which they were loaded: without it nothing of them is stored.</summary>
    public Lease Lease { get; } = lease;

    public TradingDesk Desk { get; } = desk;

    /// <summary>Trading state as last read from or written to the account.</summary>
    public string TradingState { get; set; } = tradingState;

    /// <summary>Cash as stored.</summary>
    public decimal StoredCash { get; set; } = storedCash;

    /// <summary>What taking up the account's trading state led to.</summary>
    public IReadOnlyList<TradingOutcome> Opening { get; } = opening;

    /// <summary>Marks as stored, by symbol.</summary>
    public Dictionary<string, decimal> StoredMarks { get; } = new(StringComparer.Ordinal);

    /// <summary>Trace of a working order's message; empty where it has none.</summary>
    public string TraceOf(Guid order) => _traces.GetValueOrDefault(order, string.Empty);

    public void Remember(Guid order, string trace)
    {
        if (trace.Length > 0)
        {
            _traces[order] = trace;
        }
    }

    public void Forget(Guid order) => _traces.Remove(order);
}

/// <summary>Stored and computed books differ: nothing may be traded on them.</summary>
internal sealed class AccountInDoubtException(string identity, string message) : Exception(message)
{
    /// <summary>Which identity is broken.</summary>
    public string Identity { get; } = identity;
}
