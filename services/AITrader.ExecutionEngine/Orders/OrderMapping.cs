using AITrader.Contracts.Messages;
using AITrader.Storage;
using AITrader.Trading.Engine;
using AITrader.Trading.Market;
using AITrader.Trading.Orders;

namespace AITrader.ExecutionEngine.Orders;

/// <summary>Between messages, rows and the desk's own words.</summary>
internal static class OrderMapping
{
    public static OrderSide ToSide(this Side side) => side == Side.Buy ? OrderSide.Buy : OrderSide.Sell;

    public static Side ToSide(this OrderSide side) => side == OrderSide.Buy ? Side.Buy : Side.Sell;

    public static MarketTick ToMarket(this Tick tick) =>
        new()
        {
            Symbol = tick.Symbol,
            TickId = tick.TickId,
            Price = tick.Price,
            Volume = BookNumbers.Floor(tick.Volume),
            IsTrade = tick.Kind == TickKind.Trade,
            Bid = Bookable(tick.Bid),
            BidSize = tick.BidSize is { } bid ? BookNumbers.Floor(bid) : null,
            Ask = Bookable(tick.Ask),
            AskSize = tick.AskSize is { } ask ? BookNumbers.Floor(ask) : null,
            Timestamp = tick.Timestamp,
            Seq = tick.Seq,
            Run = tick.Run,
        };

    /// <summary>The order as the desk takes it; null where its type or time in force is not offered.</summary>
    /// <remarks>An order that no tick caused (a manual one) belongs to the market as it is now.</remarks>
    public static OrderRequest? ToRequest(this OrderMessage message, TradingDesk desk)
    {
        if (WireNames.Type(message.Type) is not { } type || WireNames.Force(message.TimeInForce) is not { } force)
        {
            return null;
        }

        var isManual = message.Seq == 0 && message.DecisionId is null;
        return new OrderRequest
        {
            Id = message.Id,
            ClientOrderId = message.ClientOrderId,
            DecisionId = message.DecisionId,
            Symbol = message.Symbol,
            Side = message.Side.ToSide(),
            Type = type,
            TimeInForce = force,
            Quantity = message.Quantity,
            LimitPrice = message.Price,
            Origin = message.Origin,
            EventTime = isManual && desk.Run is { Length: > 0 } ? desk.Now : message.Timestamp,
            Seq = isManual ? desk.Seq : message.Seq,
            Run = isManual ? desk.Run ?? string.Empty : message.Run,
        };
    }

    /// <summary>A working order as stored.</summary>
    public static Order ToOrder(this OrderRow row, IReadOnlyList<ExecutionRow> executions)
    {
        var status = WireNames.Status(row.Status)
            ?? throw new InvalidOperationException($"Order {row.Id} has unknown status {row.Status}.");
        return new Order
        {
            Request = new OrderRequest
            {
                Id = row.Id,
                ClientOrderId = row.ClientOrderId,
                DecisionId = row.DecisionId,
                Symbol = row.Symbol,
                Side = row.Side.ToSide(),
                Type = WireNames.Type(row.Type) ?? throw new InvalidOperationException($"Order {row.Id} has unknown type {row.Type}."),
                TimeInForce = WireNames.Force(row.TimeInForce)
                    ?? throw new InvalidOperationException($"Order {row.Id} has unknown time in force {row.TimeInForce}."),
                Quantity = row.Quantity,
                LimitPrice = row.Price,
                Origin = row.Origin,
                EventTime = row.EventTime,
                Seq = row.Seq,
                Run = row.Run,
            },
            State = OrderState.Of(status),
            Filled = executions.Sum(static execution => execution.Quantity),
            FilledNotional = executions.Sum(static execution => execution.Quantity * execution.Price),
            Executions = [.. executions.Select(static execution => execution.ExecId)],
            LastSeq = row.LastSeq,
            Reason = row.Reason,
        };
    }

    /// <summary>A step of an order as others hear of it.</summary>
    public static OrderMessage ToMessage(this TradingOutcome outcome, string trace)
    {
        var request = outcome.Order.Request;
        return new OrderMessage
        {
            Id = request.Id,
            Symbol = request.Symbol,
            Side = request.Side.ToSide(),
            Quantity = request.Quantity,
            Price = request.LimitPrice,
            Type = WireNames.Name(request.Type),
            TimeInForce = WireNames.Name(request.TimeInForce),
            Event = WireNames.Name(outcome.Status),
            DecisionId = request.DecisionId,
            ClientOrderId = request.ClientOrderId,
            Origin = request.Origin,
            Timestamp = outcome.Timestamp,
            Seq = outcome.Seq,
            Run = request.Run,
            Reason = outcome.Reason,
            Trace = trace,
        };
    }

    // At a price that no column holds nothing can be bought or sold: what is not shown is neither filled nor traded on.
    private static decimal? Bookable(decimal? price) => price is { } shown && BookNumbers.Fits(shown) ? shown : null;
}
