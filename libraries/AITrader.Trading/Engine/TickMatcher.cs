using AITrader.Domain.Orders;
using AITrader.Domain.Ticks;
using AITrader.Trading.Fills;
using AITrader.Trading.Ledger;
using AITrader.Trading.Market;

namespace AITrader.Trading.Engine;

/// <summary>Offers one tick to the working orders and books what they get.</summary>
internal sealed class TickMatcher(
    TradingSettings settings,
    WorkingOrders working,
    OrderSteps steps,
    AccountLedger ledger,
    OrderChanges changes
)
{
    private readonly HeldOrderSteps _held = new(settings, steps, ledger);
    private readonly SimulatedExchange _exchange = new(settings.Model, settings.Fills, settings.Instruments);

    /// <summary>Forgets the market: a run has ended.</summary>
    public void EndRun() => _exchange.EndRun();

    /// <summary>The market after what the orders took of it.</summary>
    public MarketState Match(in Tick tick, IBookView? book, MarketState market, decimal traded, List<TradingOutcome> outcomes)
    {
        var first = outcomes.Count;
        for (var i = 0; i < working.Count; )
        {
            var order = working.All[i];
            var isConcerned = order.Request.Symbol == tick.Symbol && order.Request.Run == tick.Run && order.LastSeq < tick.Seq;
            if (isConcerned)
            {
                (market, traded) = MatchOne(order, tick, book, market, traded, outcomes);
            }

            i = isConcerned ? working.Next(order, i) : i + 1;
        }

        for (var i = first; i < outcomes.Count; i++)
        {
            outcomes[i] = _exchange.KnownAt(outcomes[i].Order.Id, tick.Timestamp) is { } known
                ? outcomes[i] with
                {
                    KnownAt = known,
                }
                : outcomes[i];
        }

        return market;
    }

    /// <summary>Lets a tick pass the orders that wait for their trigger; what it sets off is for the broker.</summary>
    public void Watch(in Tick tick, List<TradingOutcome> outcomes)
    {
        foreach (var order in working.All.Where(static order => order.Held is { Waits: true }).ToArray())
        {
            if (order.Request.Symbol == tick.Symbol && order.Request.Run == tick.Run && order.LastSeq < tick.Seq)
            {
                _held.Wait(order, tick, outcomes);
            }
        }
    }

    private (MarketState Market, decimal Traded) MatchOne(
        Order order,
        in Tick tick,
        IBookView? book,
        MarketState market,
        decimal traded,
        List<TradingOutcome> outcomes
    )
    {
        if (order.Change is not null)
        {
            order = changes.Arrive(order, _exchange.LatencyOf(order.Id, order.Change.AskedAt), tick.Timestamp, tick.Seq, outcomes);
        }

        var seen = HeldOrderSteps.Concern(order) ? _held.Prepare(order, tick, outcomes) : order;
        if (seen is null)
        {
            return (market, traded);
        }

        order = seen with { Reduced = order.Reduced };
        var match = _exchange.Match(seen, tick, market, traded, book);
        if (match.Accepts)
        {
            order = Accept(order, tick, outcomes);
            _exchange.Rest(order, market, book, working.All);
        }

        var touch = order.Request.Side == Side.Buy ? market.Ask : market.Bid;
        if (match.Quantity > 0m)
        {
            var execution = ExecutionOf(order, tick, match, tick.TickId);
            order = Book(order, execution, tick, outcomes);
            (market, traded) = Take(tick, market, traded, execution);
        }

        order = match.Walks ? Walk(order, tick, book, touch, seen.Offered - match.Quantity, outcomes) : order;
        Refuse(order, match, tick, outcomes);
        return (market, traded);
    }

    // Each level behind the touch is an execution of its own.
    private Order Walk(Order order, in Tick tick, IBookView? book, Touch touch, decimal left, List<TradingOutcome> outcomes)
    {
        if (book is null || left <= 0m)
        {
            return order;
        }

        var number = 1;
        foreach (var (level, quantity) in _exchange.Walk(order, tick, touch, book, left))
        {
            var part = new FillOutcome(false, quantity, level.Price, true, string.Empty);
            order = Book(order, ExecutionOf(order, tick, part, $"{tick.TickId}/{number}"), tick, outcomes);
            number++;
        }

        return order;
    }

    private Order Accept(Order order, in Tick tick, List<TradingOutcome> outcomes)
    {
        var arrived = order with
        {
            LastSeq = tick.Seq,
            Held = order.Held is { Sent: { } sent } held ? held with { Sent = sent with { HasArrived = true } } : order.Held,
        };
        if (arrived.State.Status == OrderStatus.Submitted)
        {
            arrived = arrived.Apply(OrderStep.Accept);
            steps.Record(TradingOutcome.Of(arrived, string.Empty, tick.Timestamp, tick.Seq), outcomes);
        }
        else
        {
            steps.Keep(arrived);
        }

        return arrived;
    }

    private Order Book(Order order, Fill execution, in Tick tick, List<TradingOutcome> outcomes)
    {
        var filled = order.Apply(execution)
            ?? throw new InvalidOperationException($"Fill {execution.ExecId} of order {order.Id} was applied before.");
        filled = LocalEmulation.Send(filled, tick.Timestamp);
        var outcome = TradingOutcome.Of(filled, string.Empty, tick.Timestamp, tick.Seq) with
        {
            Fill = execution,
            Realised = ledger.Book(execution),
        };
        steps.Record(outcome, outcomes);
        return filled;
    }

    private void Refuse(Order order, FillOutcome match, in Tick tick, List<TradingOutcome> outcomes)
    {
        if (match.Cancels.Length > 0)
        {
            steps.Take(order, OrderStep.Cancel, match.Cancels, tick.Timestamp, tick.Seq, outcomes);
        }

        // What is executed in part already is not refused any more: its rest is cancelled.
        if (match.Rejects.Length > 0)
        {
            var step = order.State.Status == OrderStatus.PartiallyFilled ? OrderStep.Cancel : OrderStep.Reject;
            steps.Take(order, step, match.Rejects, tick.Timestamp, tick.Seq, outcomes);
        }
    }

    private Fill ExecutionOf(Order order, in Tick tick, FillOutcome match, string name) =>
        new()
        {
            ExecId = settings.ExecutionId(order.Id, name),
            OrderId = order.Id,
            Symbol = tick.Symbol,
            Side = order.Request.Side,
            Quantity = match.Quantity,
            Price = match.Price,
            Fee = settings.Fees?.Invoke(order, match.Quantity, match.Price, tick.Timestamp)
                ?? settings.Instruments(tick.Symbol)!.Fee(match.Quantity, match.Price),
            Rate = settings.Rates(settings.Instruments(tick.Symbol)!, tick.Timestamp)
                ?? throw new InvalidOperationException($"There is no rate to book a fill of {tick.Symbol} with."),
            IsTaker = match.IsTaker,
            Timestamp = tick.Timestamp,
            Seq = tick.Seq,
        };

    // Shown quantity is used up by takers and by quotes that reach a resting order; a trade's quantity by those it passed through.
    public static (MarketState Market, decimal Traded) Take(in Tick tick, MarketState market, decimal traded, Fill execution)
    {
        var isBuy = execution.Side == Side.Buy;
        var shown = isBuy ? tick.Ask : tick.Bid;
        var reached = shown is { } price && (execution.IsTaker || (isBuy ? price <= execution.Price : price >= execution.Price));
        if (!reached)
        {
            return (market, traded - execution.Quantity);
        }

        return (
            isBuy ? market with { Ask = market.Ask.Take(execution.Quantity) } : market with { Bid = market.Bid.Take(execution.Quantity) },
            traded
        );
    }
}
