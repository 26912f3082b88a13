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
public sealed class TradingDesk
{
    private readonly TradingSettings _settings;
    private readonly WorkingOrders _working = new();
    private readonly OrderSteps _steps;
    private readonly List<TradingOutcome> _followed = [];
    private readonly TickMatcher _matcher;
    private readonly Dictionary<string, MarketState> _markets = new(StringComparer.Ordinal);
    private readonly Dictionary<long, List<Fill>> _known = [];

    /// <summary>A desk on the given books.</summary>
    public TradingDesk(TradingSettings settings, AccountLedger ledger)
    {
        _settings = settings;
        Ledger = ledger;
        _steps = new OrderSteps(_working);
        _matcher = new TickMatcher(settings, _working, _steps, ledger);
    }

    /// <summary>The books.</summary>
    public AccountLedger Ledger { get; }

    /// <summary>Whether new orders are taken.</summary>
    public TradingState TradingState { get; private set; } = TradingState.Active;

    /// <summary>Whether the account is reconciled; until then every order is denied and none is filled.</summary>
    public bool IsReconciled { get; set; }

    /// <summary>Run of the newest tick; empty when live; null before the first tick.</summary>
    public string? Run { get; private set; }

    /// <summary>Sequence of the newest tick.</summary>
    public long Seq { get; private set; }

    /// <summary>Event time of the newest tick.</summary>
    public DateTimeOffset Now { get; private set; }

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
    public void Restore(Fill booked)
    {
        if (!_known.TryGetValue(booked.Seq, out var list))
        {
            _known[booked.Seq] = list = [];
        }

        list.Add(booked);
    }

    /// <summary>Changes the trading state; a halt cancels the working orders that add risk.</summary>
    public IReadOnlyList<TradingOutcome> SetTradingState(TradingState state)
    {
        var halts = state == TradingState.Halted && TradingState != TradingState.Halted;
        TradingState = state;
        return halts ? CancelAdding() : [];
    }

    /// <summary>Checks and takes a new order: DENIED, or SUBMITTED.</summary>
    public TradingOutcome Submit(OrderRequest request, bool isDuplicate) =>
        RiskChecks.Check(ContextOf(request, isDuplicate)) is { } denial ? Deny(request, denial) : Take(request);

    /// <summary>Checks and takes an entry with its two exits: all of it, or nothing. Entry first.</summary>
    public IReadOnlyList<TradingOutcome> Submit(Bracket bracket, bool isDuplicate)
    {
        foreach (var leg in bracket.Legs)
        {
            var context = ContextOf(leg, isDuplicate) with { HasParent = leg.Conditions.ParentId == bracket.Entry.Id };
            if (RiskChecks.Check(context) is { } denial)
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

    /// <summary>Cancels a working order; null where it is not working any more. What it means for linked orders comes with the next
    /// tick's outcomes.</summary>
    public TradingOutcome? Cancel(Guid orderId, string reason)
    {
        if (_working.Find(orderId) is not { } order)
        {
            return null;
        }

        var outcomes = new List<TradingOutcome>();
        _steps.Take(order, OrderStep.Cancel, reason, Later(order.Request.EventTime), Seq, outcomes);
        _followed.AddRange(outcomes.Skip(1));
        return outcomes[0];
    }

    /// <summary>Offers a tick to every working order of its run that has not seen it.</summary>
    public IReadOnlyList<TradingOutcome> OnTick(in Tick tick)
    {
        var outcomes = new List<TradingOutcome>(_followed);
        _followed.Clear();
        if (tick.Run != Run)
        {
            EndRun(tick, outcomes);
        }

        Seq = tick.Seq;
        Now = tick.Timestamp > Now ? tick.Timestamp : Now;
        EndTimes(tick, outcomes);
        var market = MarketOf(tick.Symbol);
        if (tick.Timestamp >= market.Newest)
        {
            market = TakeKnown(tick, market.Apply(tick), out var traded);
            _markets[tick.Symbol] = IsReconciled ? _matcher.Match(tick, market, traded, outcomes) : market;
        }

        return outcomes;
    }

    private static TradingOutcome Deny(OrderRequest request, Denial denial)
    {
        var denied = Order.From(request).Apply(OrderStep.Deny, denial.ToString());
        return TradingOutcome.Of(denied, denial.ToString(), request.EventTime, request.Seq);
    }

    private TradingOutcome Take(OrderRequest request)
    {
        var submitted = LocalEmulation.Take(Order.From(request).Apply(OrderStep.Submit), BrokerCapabilities.Simulator);
        if (request.Conditions.ParentId is { } parent && _working.Find(parent) is { Filled: > 0m } executed)
        {
            submitted = LocalEmulation.Activate(submitted, executed.Filled, request.EventTime);
        }

        _working.Add(submitted);
        return TradingOutcome.Of(submitted, string.Empty, request.EventTime, request.Seq);
    }

    private MarketState MarketOf(string symbol) => _markets.GetValueOrDefault(symbol, MarketState.Empty);

    private RiskContext ContextOf(OrderRequest request, bool isDuplicate) =>
        new()
        {
            Request = request,
            Terms = _settings.Instruments(request.Symbol),
            Market = MarketOf(request.Symbol),
            Limits = _settings.Limits,
            TradingState = TradingState,
            IsReconciled = IsReconciled,
            IsDuplicate = isDuplicate,
            Position = Ledger.PositionOf(request.Symbol).Quantity,
            WorkingSameSide = _working.Open(request.Symbol, request.Side),
            FreeCash = CashReservation.Free(Ledger, _working.All, MarketOf, _settings),
            CurrentRun = Run,
            HasParent = request.Conditions.ParentId is { } parent && _working.Find(parent) is not null,
        };

    // Event time starts anew with a run, so prices and orders of the one before mean nothing any more.
    private void EndRun(in Tick tick, List<TradingOutcome> outcomes)
    {
        var run = tick.Run;
        foreach (var order in _working.All.Where(order => order.Request.Run != run).ToArray())
        {
            Finish(order, "RUN_ENDED", Later(order.Request.EventTime), Seq, outcomes);
        }

        _markets.Clear();
        Run = run;
        Now = DateTimeOffset.MinValue;
    }

    private void EndTimes(in Tick tick, List<TradingOutcome> outcomes)
    {
        if (_working.Count == 0)
        {
            return;
        }

        var (at, seq) = (tick.Timestamp, tick.Seq);
        foreach (var order in _working.All.Where(order => order.LastSeq < seq && TimeEnd.Of(order.Request, at) is not null).ToArray())
        {
            Finish(order, TimeEnd.Of(order.Request, at)!, at, seq, outcomes);
        }
    }

    private MarketState TakeKnown(in Tick tick, MarketState market, out decimal traded)
    {
        traded = tick.IsTrade ? tick.Volume : 0m;
        if (!_known.Remove(tick.Seq, out var booked))
        {
            return market;
        }

        foreach (var execution in booked)
        {
            if (execution.Symbol == tick.Symbol)
            {
                (market, traded) = TickMatcher.Take(tick, market, traded, execution);
            }
        }

        return market;
    }

    private List<TradingOutcome> CancelAdding()
    {
        var outcomes = new List<TradingOutcome>();
        var before = new Dictionary<(string, Side), decimal>();
        foreach (var order in _working.All.Where(static order => !order.Request.Conditions.ReduceOnly).ToArray())
        {
            var key = (order.Request.Symbol, order.Request.Side);
            var ahead = before.GetValueOrDefault(key);
            if (Exposure.Adding(Ledger.PositionOf(order.Request.Symbol).Quantity, order.Request.Side, ahead, order.Remaining) == 0m)
            {
                before[key] = ahead + order.Remaining;
            }
            else if (_working.Find(order.Id) is { } working)
            {
                _steps.Take(working, OrderStep.Cancel, DenialCodes.TradingHalted, Later(order.Request.EventTime), Seq, outcomes);
            }
        }

        return outcomes;
    }

    // What never reached the market cannot expire there. A linked order may be done already.
    private void Finish(Order order, string reason, DateTimeOffset at, long seq, List<TradingOutcome> outcomes)
    {
        if (_working.Find(order.Id) is { } working)
        {
            _steps.Take(working, working.State.HasReachedMarket ? OrderStep.Expire : OrderStep.Cancel, reason, at, seq, outcomes);
        }
    }

    private DateTimeOffset Later(DateTimeOffset time) => time > Now ? time : Now;
}
