using AITrader.Domain.Orders;
using AITrader.Domain.Ticks;
using AITrader.Trading.Engine;
using AITrader.Trading.Risk;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>Effects that are computed but not stored, and the entries that they come from.</summary>
internal sealed class Work
{
    public List<TradingOutcome> Outcomes { get; } = [];

    /// <summary>Orders that changed without an outcome, as they are now.</summary>
    public List<Order> Changed { get; } = [];

    public List<RefusedOrder> Refused { get; } = [];

    /// <summary>Why a check has halted trading; null where none has.</summary>
    public Denial? Halt { get; set; }

    public List<string> TickIds { get; } = [];

    public List<string> OrderIds { get; } = [];

    /// <summary>Newest tick among them.</summary>
    public Tick? Newest { get; private set; }

    public bool IsEmpty => TickIds.Count == 0 && OrderIds.Count == 0 && !HasEffects;

    public bool HasEffects => Outcomes.Count > 0 || Changed.Count > 0 || Halt is not null || Refused.Count > 0;

    public void Add(string id, Tick tick, IReadOnlyList<TradingOutcome> outcomes)
    {
        TickIds.Add(id);
        Newest = tick;
        Outcomes.AddRange(outcomes);
    }

    public void Clear()
    {
        Outcomes.Clear();
        Changed.Clear();
        Refused.Clear();
        TickIds.Clear();
        OrderIds.Clear();
        Newest = null;
        Halt = null;
    }
}
