using System.Diagnostics;
using AITrader.Domain.Orders;
using AITrader.Domain.Ticks;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;
using AITrader.Trading.Risk;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>Effects that are computed but not stored, and the entries that they come from.</summary>
internal sealed class Work
{
    private readonly List<Activity> _spans = [];

    public List<TradingOutcome> Outcomes { get; } = [];

    /// <summary>Orders that changed without an outcome, as they are now.</summary>
    public List<Order> Changed { get; } = [];

    public List<RefusedOrder> Refused { get; } = [];

    /// <summary>What the account was worth.</summary>
    public List<EquityRow> Equity { get; } = [];

    /// <summary>Why a check has halted trading; null where none has.</summary>
    public Denial? Halt { get; set; }

    /// <summary>What is stored of the broker's side; null where there is none.</summary>
    public IBrokerPlan? Broker { get; set; }

    public List<string> TickIds { get; } = [];

    public List<string> OrderIds { get; } = [];

    /// <summary>Newest tick among them.</summary>
    public Tick? Newest { get; private set; }

    public bool IsEmpty => TickIds.Count == 0 && OrderIds.Count == 0 && !HasEffects;

    public bool HasEffects =>
        Outcomes.Count > 0
        || Changed.Count > 0
        || Equity.Count > 0
        || Halt is not null
        || Refused.Count > 0
        || Broker is { IsEmpty: false };

    public void Add(string id, Tick tick, IReadOnlyList<TradingOutcome> outcomes)
    {
        TickIds.Add(id);
        Newest = tick;
        Outcomes.AddRange(outcomes);
    }

    /// <summary>Adds a span that ends when the work is stored, or says that it was not.</summary>
    public void Add(Activity? span)
    {
        if (span is not null)
        {
            _spans.Add(span);
        }
    }

    /// <summary>Says that it is stored, whatever comes of publishing it.</summary>
    public void Stored() => EndSpans();

    /// <summary>Gives the work up: it is done again from what is stored.</summary>
    public void Abandon()
    {
        _spans.ForEach(static span => span.SetStatus(ActivityStatusCode.Error, "not stored"));
        EndSpans();
    }

    public void Clear()
    {
        EndSpans();
        Outcomes.Clear();
        Changed.Clear();
        Refused.Clear();
        Equity.Clear();
        TickIds.Clear();
        OrderIds.Clear();
        Newest = null;
        Halt = null;
        Broker = null;
    }

    private void EndSpans()
    {
        _spans.ForEach(static span => span.Dispose());
        _spans.Clear();
    }
}
