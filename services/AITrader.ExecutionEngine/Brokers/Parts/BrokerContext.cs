using AITrader.Domain.Brokers;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.Storage.Brokers;
using AITrader.Trading.Engine;

namespace AITrader.ExecutionEngine.Brokers.Parts;

/// <summary>What the parts of a session share. One thread at a time.</summary>
internal sealed record BrokerContext(
    IBroker Broker,
    DeskAccount Account,
    PartsAtBroker Parts,
    BrokerOptions Options,
    TimeSpan MaxOrderAge,
    FeeOf Fees,
    BrokerOrderReader Reader,
    BrokerMetrics Metrics,
    TimeProvider Time,
    ILogger Log
)
{
    private readonly Dictionary<Guid, Order> _ended = [];

    public TradingDesk Desk => Account.Desk;

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>What an execution is booked with.</summary>
    /// <exception cref="AccountInDoubtException">It is in a currency that there is no rate of: it is never booked one for one.</exception>
    public decimal RateOf(string symbol) =>
        Desk.RateOf(symbol)
        ?? throw new AccountInDoubtException(
            "currency",
            $"{symbol} was executed at the broker and has no rate into the account's currency: set it in Execution:Rates"
        );

    /// <summary>The order of a part, whatever its state.</summary>
    public async Task<Order> OrderOfAsync(PartAtBroker part, CancellationToken ct)
    {
        var id = part.Row.OrderId;
        if ((Desk.Find(id) ?? _ended.GetValueOrDefault(id)) is { } known)
        {
            return known;
        }

        var stored = await Reader.FindAsync(id, ct) ?? throw new InvalidOperationException($"Part {part.Row.Id} has no order {id}.");
        return stored.Order.ToOrder(stored.Executions);
    }

    /// <summary>Remembers what became of orders: a broker may still tell of one that is done.</summary>
    public void Note(IEnumerable<TradingOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            if (outcome.Order.State.IsTerminal && Parts.Of(outcome.Order.Id).Count > 0)
            {
                _ended[outcome.Order.Id] = outcome.Order;
            }
        }
    }

    /// <summary>Ends an order that the broker did not take, by the step that its state has for that.</summary>
    public IReadOnlyList<TradingOutcome> Reject(Order order, string reason) =>
        Desk.OnBroker(
            order,
            order.State.Status switch
            {
                OrderStatus.Unknown => OrderStep.ProveUnseen,
                OrderStatus.PartiallyFilled => OrderStep.Cancel,
                _ => OrderStep.Reject,
            },
            reason,
            Now
        );
}
