using AITrader.Domain.Orders;
using AITrader.Domain.Ticks;
using AITrader.Trading.Fills;
using AITrader.Trading.Ledger;
using AITrader.Trading.Market;

namespace AITrader.Trading.Engine;

/// <summary>Offers one tick to the working orders and books what they get.</summary>
internal sealed class TickMatcher(TradingSettings settings, WorkingOrders working, AccountLedger ledger)
{
    public MarketState Match(in Tick tick, MarketState market, decimal traded, List<TradingOutcome> outcomes)
    {
        for (var i = 0; i < working.Count; )
        {
            var order = working.All[i];
            var isConcerned = order.Request.Symbol == tick.Symbol && order.Request.Run == tick.Run && order.LastSeq < tick.Seq;
            if (isConcerned)
            {
                (market, traded) = MatchOne(order, tick, market, traded, outcomes);
            }

            // An order that is done has left the list, and the next one has its place.
            i += i < working.Count && working.All[i].Id == order.Id ? 1 : 0;
        }

        return market;
    }

    private (MarketState Market, decimal Traded) MatchOne(
        Order order,
        in Tick tick,
        MarketState market,
        decimal traded,
        List<TradingOutcome> outcomes
    )
    {
        var touch = order.Request.Side == Side.Buy ? market.Ask : market.Bid;
        var match = FillSimulator.Match(order, tick, touch, traded, settings.Fills);
        if (match.Accepts)
        {
            order = order.Apply(OrderStep.Accept) with { LastSeq = tick.Seq };
            Record(order, TradingOutcome.Of(order, string.Empty, tick.Timestamp, tick.Seq), outcomes);
        }

        if (match.Quantity > 0m)
        {
            var execution = ExecutionOf(order, tick, match);
            order = Book(order, execution, tick, outcomes);
            (market, traded) = Take(tick, market, traded, execution);
        }

        if (match.Cancels.Length > 0)
        {
            var cancelled = order.Apply(OrderStep.Cancel, match.Cancels);
            Record(cancelled, TradingOutcome.Of(cancelled, match.Cancels, tick.Timestamp, tick.Seq), outcomes);
        }

        return (market, traded);
    }

    private Order Book(Order order, Fill execution, in Tick tick, List<TradingOutcome> outcomes)
    {
        var filled = order.Apply(execution)
            ?? throw new InvalidOperationException($"Fill {execution.ExecId} of order {order.Id} was applied before.");
        var outcome = TradingOutcome.Of(filled, string.Empty, tick.Timestamp, tick.Seq) with
        {
            Fill = execution,
            Realised = ledger.Book(execution),
        };
        Record(filled, outcome, outcomes);
        return filled;
    }

    private void Record(Order order, TradingOutcome outcome, List<TradingOutcome> outcomes)
    {
        working.Replace(order);
        outcomes.Add(outcome);
    }

    private Fill ExecutionOf(Order order, in Tick tick, FillOutcome match) =>
        new()
        {
            ExecId = settings.ExecutionId(order.Id, tick.TickId),
            OrderId = order.Id,
            Symbol = tick.Symbol,
            Side = order.Request.Side,
            Quantity = match.Quantity,
            Price = match.Price,
            Fee = settings.Instruments(tick.Symbol)!.Fee(match.Quantity, match.Price),
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
