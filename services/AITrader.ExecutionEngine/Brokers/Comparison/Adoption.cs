using AITrader.Domain.Brokers;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Brokers.News;
using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.Trading.Engine;

namespace AITrader.ExecutionEngine.Brokers.Comparison;

/// <summary>Takes what happened at the broker without us into our books, as orders of the origin <c>broker</c>.</summary>
internal sealed class Adoption(BrokerContext context)
{
    public const string Origin = "broker";

    /// <summary>Books an execution of an order that is not ours.</summary>
    public IReadOnlyList<TradingOutcome> Book(BrokerExecution execution)
    {
        var at = (execution.At ?? context.Now).ToUniversalTime();
        var order = NewOrder(
            $"{execution.BrokerOrderId}/{execution.ExecutionId}",
            execution.Symbol,
            execution.Side,
            execution.Quantity,
            at
        );
        return Book(
            order,
            BookSteps.IdOf(context.Broker, execution),
            execution.Price,
            context.Fees(order, execution.Quantity, execution.Price, at),
            at
        );
    }

    /// <summary>Books the difference of a position, at the broker's average price, without a fee; none where there is no price.</summary>
    public IReadOnlyList<TradingOutcome> Book(string symbol, IReadOnlyList<BrokerPosition> positions)
    {
        var theirs = positions.Where(position => position.Symbol == symbol).ToList();
        var difference = theirs.Sum(static position => position.Quantity) - context.Desk.Ledger.QuantityOf(symbol);
        var shown = theirs.FirstOrDefault(static position => position is { Quantity: not 0m, AveragePrice: > 0m })?.AveragePrice;
        if (difference == 0m || (shown ?? context.Desk.Mark(symbol)) is not { } price)
        {
            return [];
        }

        var key = FormattableString.Invariant($"position/{symbol}/{context.Desk.Ledger.Booked}");
        var order = NewOrder(key, symbol, difference > 0m ? Side.Buy : Side.Sell, Math.Abs(difference), context.Now);
        return Book(order, DeterministicId.Create("broker-position", key), price, fee: 0m, context.Now);
    }

    private IReadOnlyList<TradingOutcome> Book(Order order, Guid id, decimal price, decimal fee, DateTimeOffset at) =>
        context.Desk.OnExecution(
            order,
            new Fill
            {
                ExecId = id,
                OrderId = order.Id,
                Symbol = order.Request.Symbol,
                Side = order.Request.Side,
                Quantity = order.Quantity,
                Price = price,
                Fee = fee,
                Rate = context.RateOf(order.Request.Symbol),
                IsTaker = true,
                Timestamp = at,
                Seq = context.Desk.Seq,
            }
        );

    private Order NewOrder(string key, string symbol, Side side, decimal quantity, DateTimeOffset at)
    {
        var id = DeterministicId.Create("adopted", $"{context.Broker.Name}/{key}");
        var request = new OrderRequest
        {
            Id = id,
            ClientOrderId = id,
            Symbol = symbol,
            Side = side,
            Type = OrderType.Market,
            TimeInForce = TimeInForce.Day,
            Quantity = quantity,
            Origin = Origin,
            EventTime = at,
            Seq = context.Desk.Seq,
        };
        return Order.From(request).Apply(OrderStep.Submit);
    }
}
