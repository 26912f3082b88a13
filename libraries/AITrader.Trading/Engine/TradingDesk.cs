using AITrader.Domain.Orders;
using AITrader.Domain.Ticks;
using AITrader.Trading.Ledger;
using AITrader.Trading.Market;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Engine;

/// <summary>
/// Orders, risk, fills and ledger of one account as a pure state machine: events in, outcomes out; no clock, no I/O. The same
/// events give the same outcomes, however they are batched. One caller at a time.
/// </summary>
public sealed partial class TradingDesk
{
    private readonly WorkingOrders _working = new();
    private readonly OrderSteps _steps;
    private readonly OrderEndings _endings;
    private readonly ToldSteps _told;
    private readonly BrokerSteps _brokerSteps;
    private readonly DeskRisk _risk;
    private readonly OrderChanges _changes;
    private readonly TickMatcher _matcher;
    private readonly Dictionary<string, MarketState> _markets = new(StringComparer.Ordinal);
    private readonly KnownFills _known = new();

    /// <summary>A desk on the given books.</summary>
    public TradingDesk(TradingSettings settings, AccountLedger ledger)
    {
        Ledger = ledger;
        _risk = new DeskRisk(settings, _working, ledger, MarketOf);
        _steps = new OrderSteps(_working, IsOut);
        _endings = new OrderEndings(_working, _steps, ledger);
        _told = new ToldSteps(_steps, ledger);
        _changes = new OrderChanges(_steps, _risk, IsOut);
        _brokerSteps = new BrokerSteps(_working, _steps, _changes, ledger);
        _matcher = new TickMatcher(settings, _working, _steps, ledger, _changes);
    }

    /// <summary>The books.</summary>
    public AccountLedger Ledger { get; }

    /// <summary>Whether new orders are taken.</summary>
    public TradingState TradingState { get; private set; } = TradingState.Active;

    /// <summary>Whether the account is reconciled; until then every order is denied and none is filled.</summary>
    public bool IsReconciled { get; set; }

    /// <summary>Whether another desk executes the orders, and what becomes of them is told by <see cref="Apply"/>.</summary>
    public bool IsTold { get; init; }

    /// <summary>What halted trading last, where a check after a trade or a loss limit did; null else.</summary>
    public Denial? HaltReason { get; private set; }

    /// <summary>What losses are measured from; set it to what was kept before a restart.</summary>
    public LossBase? LossBase
    {
        get => _risk.Losses.Base;
        set => _risk.Losses.Base = value;
    }

    /// <summary>What is switched off.</summary>
    public KillSwitch KillSwitch => _risk.Kill;

    /// <summary>Run of the newest tick; empty when live; null before the first tick.</summary>
    public string? Run { get; private set; }

    /// <summary>Sequence of the newest tick.</summary>
    public long Seq { get; private set; }

    /// <summary>Event time of the newest tick.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Cash that neither short positions nor working orders hold.</summary>
    public decimal FreeCash => _risk.FreeCash;

    /// <summary>Working orders in time priority.</summary>
    public IReadOnlyList<Order> Working => _working.All;

    /// <summary>What is known of each market.</summary>
    public IReadOnlyDictionary<string, MarketState> Markets => _markets;

    /// <summary>Price of the newest tick of a symbol; null before the first.</summary>
    public decimal? Mark(string symbol) => _markets.TryGetValue(symbol, out var market) ? market.Mark : null;

    /// <summary>Takes up where a snapshot left off.</summary>
    public void Restore(string run, long seq, DateTimeOffset now, IEnumerable<KeyValuePair<string, MarketState>> markets)
    {
        (Run, Seq, Now) = (run, seq, now);
        foreach (var (symbol, market) in markets)
        {
            _markets[symbol] = market;
        }
    }

    /// <summary>Takes back an order that was working.</summary>
    public void Restore(Order order) => _working.Add(order);

    /// <summary>
    /// Names an execution that is booked already, at a tick that will be seen again: the liquidity that it took is taken again,
    /// so that other orders find what they found.
    /// </summary>
    public void Restore(Fill booked) => _known.Add(booked);

    /// <summary>The orders that changed without an outcome since this was asked last, such as a stop that followed the market: to be stored
    /// too.</summary>
    public IReadOnlyList<Order> TakeChanged() => _working.TakeKept();

    /// <summary>Changes the trading state; a halt cancels the working orders that add risk.</summary>
    public IReadOnlyList<TradingOutcome> SetTradingState(TradingState state)
    {
        var halts = state == TradingState.Halted && TradingState != TradingState.Halted;
        TradingState = state;
        return halts ? _endings.CancelAdding(DenialCodes.TradingHalted, static _ => true, Now, Seq) : [];
    }

    /// <summary>Switches a strategy off, or with null the account: its working orders that add risk are cancelled and no new ones are
    /// taken; those that reduce risk stay.</summary>
    public IReadOnlyList<TradingOutcome> Kill(string? strategy) => SetKillSwitch(_risk.Kill.Kill(strategy));

    /// <summary>Switches a strategy on again, or with null the account.</summary>
    public void Revive(string? strategy) => _risk.Kill = _risk.Kill.Revive(strategy);

    /// <summary>Sets what is switched off; the working orders that it concerns and that add risk are cancelled.</summary>
    public IReadOnlyList<TradingOutcome> SetKillSwitch(KillSwitch next)
    {
        ArgumentNullException.ThrowIfNull(next);
        _risk.Kill = next;
        return _endings.CancelAdding(DenialCodes.Killed, next.Concerns, Now, Seq);
    }

    /// <summary>Sets the limits that hold from now on; what is working stays.</summary>
    public void SetLimits(RiskLimits limits, LimitLayers overrides) => _risk.SetLimits(limits, overrides);

    /// <summary>What orders, changes and executions count for the limits of rates; a restart adds what was before it.</summary>
    public OrderActivity Activity => _risk.Activity;

    /// <summary>Takes a breach of a loss limit back; the drawdown is measured from here on. The trading state stays.</summary>
    public void ResetLosses()
    {
        HaltReason = null;
        _risk.ResetLosses();
    }

    /// <summary>Checks and takes a new order: DENIED, or SUBMITTED.</summary>
    public TradingOutcome Submit(OrderRequest request, bool isDuplicate)
    {
        request = ForBroker(request);
        return (RefusalOf(request) ?? RiskChecks.Check(ContextOf(request, isDuplicate))) is { } denial
            ? Deny(request, denial)
            : Take(request);
    }

    /// <summary>Checks and takes an entry with its two exits: all of it, or nothing. Entry first.</summary>
    public IReadOnlyList<TradingOutcome> Submit(Bracket bracket, bool isDuplicate)
    {
        bracket = ForBroker(bracket);
        foreach (var leg in bracket.Legs)
        {
            var context = ContextOf(leg, isDuplicate) with { HasParent = leg.Conditions.ParentId == bracket.Entry.Id };
            if ((RefusalOf(leg) ?? RiskChecks.Check(context)) is { } denial)
            {
                return
                [
                    .. bracket.Legs.Select(denied =>
                        Deny(denied, denied.Id == leg.Id ? denial : Denial.Of(DenialCodes.LegDenied, ("leg", leg.Id)))
                    ),
                ];
            }
        }

        return [.. bracket.Legs.Select(Take)];
    }

    /// <summary>Cancels a working order: its own outcome, then those of the orders that are linked to it; empty where it is not working any
    /// more.</summary>
    public IReadOnlyList<TradingOutcome> Cancel(Guid orderId, string reason)
    {
        if (_working.Find(orderId) is not { } order)
        {
            return [];
        }

        var outcomes = new List<TradingOutcome>();
        _risk.Activity.Cancelled();
        _steps.Take(order, OrderStep.Cancel, reason, Later(order.Request.EventTime), Seq, outcomes);
        return outcomes;
    }

    /// <summary>Asks for new terms of a working order; empty where it is not working any more.</summary>
    /// <returns>PENDING_UPDATE, and where the order is held here the state before, with the new terms; or the state that it is in, with the
    /// refusal.</returns>
    public IReadOnlyList<TradingOutcome> Modify(Guid orderId, OrderChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (_working.Find(orderId) is not { } order)
        {
            return [];
        }

        var left = change.ApplyTo(order.Request) with
        {
            Quantity = change.Quantity - order.Reduced - order.Filled,
            EventTime = change.AskedAt,
        };
        var outcomes = new List<TradingOutcome>();
        _changes.Ask(order, change, ContextOf(left, isDuplicate: false, order), Seq, outcomes);
        return outcomes;
    }

    /// <summary>Offers a tick to every working order of its run that has not seen it.</summary>
    public IReadOnlyList<TradingOutcome> OnTick(in Tick tick) => OnTick(tick, null);

    /// <summary>Offers a tick with the book behind its touch, for a model that walks it.</summary>
    public IReadOnlyList<TradingOutcome> OnTick(in Tick tick, IBookView? book)
    {
        var outcomes = new List<TradingOutcome>();
        if (tick.Run != Run)
        {
            outcomes.AddRange(BeginRun(tick.Run));
        }

        (Seq, Now) = (tick.Seq, Later(tick.Timestamp));
        if (!IsTold)
        {
            _endings.EndTimes(tick, outcomes);
        }

        var market = MarketOf(tick.Symbol);
        if (tick.Timestamp >= market.Newest)
        {
            Offer(tick, book, market, outcomes);
        }

        return outcomes;
    }

    private void Offer(in Tick tick, IBookView? book, MarketState before, List<TradingOutcome> outcomes)
    {
        _risk.StartTick(tick.Symbol, tick.Timestamp);
        var market = _known.Take(tick, before.Apply(tick), out var traded);
        _markets[tick.Symbol] = market;
        if (IsAtBroker(tick.Run))
        {
            _matcher.Watch(tick, outcomes);
        }
        else if (IsReconciled && !IsTold)
        {
            _markets[tick.Symbol] = _matcher.Match(tick, book, market, traded, outcomes);
        }

        if (_risk.EndTick(outcomes, before.Mark) is { } breach)
        {
            HaltReason = breach;
            outcomes.AddRange(SetTradingState(TradingState.Halted));
        }
    }

    private static TradingOutcome Deny(OrderRequest request, Denial denial)
    {
        var denied = Order.From(request).Apply(OrderStep.Deny, denial.ToString());
        return TradingOutcome.Of(denied, denial.ToString(), request.EventTime, request.Seq);
    }

    private TradingOutcome Take(OrderRequest request)
    {
        var order = Order.From(request, _risk.ReferenceOf(request)).Apply(OrderStep.Submit);
        var submitted = LocalEmulation.Take(order, CapabilitiesOf(request.Run));
        if (request.Conditions.ParentId is { } parent && _working.Find(parent) is { Filled: > 0m } executed)
        {
            submitted = LocalEmulation.Activate(submitted, executed.Filled, request.EventTime);
        }

        _risk.Activity.Ordered(request.EventTime);
        _working.Add(submitted);
        return TradingOutcome.Of(submitted, string.Empty, request.EventTime, request.Seq);
    }

    private MarketState MarketOf(string symbol) => _markets.GetValueOrDefault(symbol, MarketState.Empty);

    private RiskContext ContextOf(OrderRequest request, bool isDuplicate, Order? replaced = null) =>
        _risk.ContextOf(
            request,
            new DeskState(TradingState, IsReconciled && (IsAgreed || !IsAtBroker(request.Run)), isDuplicate, Run),
            replaced
        );

    private DateTimeOffset Later(DateTimeOffset time) => time > Now ? time : Now;
}
