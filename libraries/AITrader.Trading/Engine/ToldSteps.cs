using AITrader.Domain.Orders;
using AITrader.Trading.Ledger;

namespace AITrader.Trading.Engine;

/// <summary>Records what another desk says of orders.</summary>
internal sealed class ToldSteps(OrderSteps steps, AccountLedger ledger)
{
    /// <summary>Takes over a step, and what it means for the orders that are linked to it.</summary>
    public List<TradingOutcome> Apply(Order order, OrderNews news)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(news);
        var outcomes = new List<TradingOutcome>();
        if (news.Fill is { } fill)
        {
            if (order.Apply(fill) is { } filled)
            {
                filled = LocalEmulation.Send(filled, news.Timestamp);
                steps.Record(
                    TradingOutcome.Of(filled, string.Empty, news.Timestamp, news.Seq) with
                    {
                        Fill = fill,
                        Realised = ledger.Book(fill),
                    },
                    outcomes
                );
            }
        }
        else if (!order.State.IsTerminal)
        {
            var next = order with
            {
                State = OrderState.Of(news.Status),
                Reason = news.Reason,
                LastSeq = Math.Max(order.LastSeq, news.Seq),
                Held =
                    order.Held is { Waits: true } held && news.Status == OrderStatus.Triggered ? held with { Waits = false } : order.Held,
            };
            next = LocalEmulation.Send(news.Change is { } change ? Changed(next, change) : next, news.Timestamp);
            steps.Record(TradingOutcome.Of(next, news.Reason, news.Timestamp, news.Seq), outcomes);
        }

        return outcomes;
    }

    private static Order Changed(Order order, OrderChange change) =>
        order with
        {
            Request = change.ApplyTo(order.Request),
            Held = order.Held is { Waits: true } held ? held with { Trigger = change.TriggerPrice ?? held.Trigger } : order.Held,
        };
}
