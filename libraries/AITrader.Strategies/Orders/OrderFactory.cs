using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.Strategies.Accounts;
using AITrader.Trading.Risk;

namespace AITrader.Strategies.Orders;

/// <summary>Places and cancels orders. Ids follow from the run, the strategy and a number, so that the same data gives the same orders
/// with the same ids.</summary>
public sealed class OrderFactory
{
    private const string Cancelled = "CANCELLED_BY_STRATEGY";

    private readonly IOrderGateway _gateway;
    private readonly IPortfolio _portfolio;
    private readonly Func<(DateTimeOffset Now, long Seq)> _moment;
    private readonly Func<string, bool> _mayEnter;
    private readonly string _run;
    private readonly string _strategy;
    private readonly string _scope;
    private long _number;

    internal OrderFactory(
        IOrderGateway gateway,
        IPortfolio portfolio,
        Func<(DateTimeOffset Now, long Seq)> moment,
        Func<string, bool> mayEnter,
        string run,
        string strategy,
        string scope
    ) => (_gateway, _portfolio, _moment, _mayEnter, _run, _strategy, _scope) = (gateway, portfolio, moment, mayEnter, run, strategy, scope);

    /// <summary>Buys at the market.</summary>
    /// <returns>The order's id, or null where the quantity is less than a lot, or adds to a position while an exit keeps from
    /// entering.</returns>
    public Guid? Buy(string symbol, decimal quantity, string? tag = null) => Place(symbol, Side.Buy, OrderType.Market, quantity, tag: tag);

    /// <summary>Sells at the market.</summary>
    /// <inheritdoc cref="Buy"/>
    public Guid? Sell(string symbol, decimal quantity, string? tag = null) =>
        Place(symbol, Side.Sell, OrderType.Market, quantity, tag: tag);

    /// <summary>Buys at a price or better; the price is put on the tick grid, away from the market.</summary>
    /// <inheritdoc cref="Buy"/>
    public Guid? BuyLimit(string symbol, decimal quantity, decimal price, TimeInForce timeInForce = TimeInForce.Gtc, string? tag = null) =>
        Place(symbol, Side.Buy, OrderType.Limit, quantity, price, timeInForce, tag: tag);

    /// <summary>Sells at a price or better; the price is put on the tick grid, away from the market.</summary>
    /// <inheritdoc cref="Buy"/>
    public Guid? SellLimit(string symbol, decimal quantity, decimal price, TimeInForce timeInForce = TimeInForce.Gtc, string? tag = null) =>
        Place(symbol, Side.Sell, OrderType.Limit, quantity, price, timeInForce, tag: tag);

    /// <summary>Trades at the market once a trade is at a price or beyond it, against the order.</summary>
    /// <inheritdoc cref="Buy"/>
    public Guid? Stop(string symbol, Side side, decimal quantity, decimal trigger, string? tag = null) =>
        Place(symbol, side, OrderType.Stop, quantity, conditions: new OrderConditions { TriggerPrice = trigger }, tag: tag);

    /// <summary>A stop that follows the best trade at a distance, in quote currency.</summary>
    /// <inheritdoc cref="Buy"/>
    public Guid? TrailingStop(string symbol, Side side, decimal quantity, decimal amount, string? tag = null) =>
        Place(symbol, side, OrderType.TrailingStop, quantity, conditions: new OrderConditions { TrailingAmount = amount }, tag: tag);

    /// <summary>An entry, at the market or at a limit, with the two orders that close it: one takes the profit, one stops the loss, and one
    /// cancels the other.</summary>
    /// <returns>The entry's id, or null where the quantity is less than a lot.</returns>
    public Guid? Bracket(
        string symbol,
        Side side,
        decimal quantity,
        decimal takeProfit,
        decimal stopLoss,
        decimal? limit = null,
        string? tag = null
    )
    {
        var type = limit is null ? OrderType.Market : OrderType.Limit;
        if (RequestOf(symbol, side, type, quantity, limit, TimeInForce.Gtc, OrderConditions.None, tag) is not { } entry)
        {
            return null;
        }

        var (terms, exit) = (_gateway.Terms(symbol), side == Side.Buy ? Side.Sell : Side.Buy);
        _gateway.Submit(Domain.Orders.Bracket.Around(entry, OnGrid(takeProfit, exit, terms), OnGrid(stopLoss, exit, terms)));
        return entry.Id;
    }

    /// <summary>Places any order.</summary>
    /// <param name="symbol">Symbol.</param>
    /// <param name="side">Buy or sell.</param>
    /// <param name="type">Order type.</param>
    /// <param name="quantity">Quantity; what is beyond whole lots is left out.</param>
    /// <param name="price">Limit price, where the type has one; put on the tick grid, away from the market.</param>
    /// <param name="timeInForce">How long it stays.</param>
    /// <param name="conditions">Trigger, distance, shown quantity and what else it asks for.</param>
    /// <param name="tag">What it is called in its updates; the strategy's name where null.</param>
    /// <returns>The order's id, or null where the quantity is less than a lot.</returns>
    public Guid? Place(
        string symbol,
        Side side,
        OrderType type,
        decimal quantity,
        decimal? price = null,
        TimeInForce timeInForce = TimeInForce.Gtc,
        OrderConditions? conditions = null,
        string? tag = null
    )
    {
        var request = RequestOf(symbol, side, type, quantity, price, timeInForce, conditions ?? OrderConditions.None, tag);
        if (request is not null)
        {
            _gateway.Submit(request);
        }

        return request?.Id;
    }

    /// <summary>Trades at the market what is missing to a signed quantity, working orders counted.</summary>
    /// <returns>The order's id, or null where less than a lot is missing.</returns>
    public Guid? SetPosition(string symbol, decimal target, string? tag = null)
    {
        var missing = target - _portfolio.PositionOf(symbol).Quantity - Working(symbol);
        return missing == 0m ? null
            : missing > 0m ? Buy(symbol, missing, tag)
            : Sell(symbol, -missing, tag);
    }

    /// <summary>Trades at the market to hold a signed part of the equity; 0.5 is half of it long.</summary>
    /// <returns>The order's id, or null where no price is known or less than a lot is missing.</returns>
    public Guid? SetWeight(string symbol, decimal weight, string? tag = null)
    {
        if (_portfolio.PriceOf(symbol) is not > 0m || _gateway.Terms(symbol) is null)
        {
            return null;
        }

        return SetPosition(symbol, Math.Sign(weight) * QuantityOf(symbol, Math.Abs(weight)), tag);
    }

    /// <summary>Whole lots that a part of the equity buys at the last price; 0 where no price is known.</summary>
    public decimal QuantityOf(string symbol, decimal weight) =>
        _portfolio.PriceOf(symbol) is > 0m and var price && _gateway.Terms(symbol) is { } terms
            ? terms.FloorToLot(Math.Max(0m, weight * _portfolio.Equity / price))
            : 0m;

    /// <summary>Closes a position at the market, after its working orders were cancelled.</summary>
    /// <returns>The order's id, or null where there is none.</returns>
    public Guid? Close(string symbol, string? tag = null)
    {
        CancelAll(symbol);
        var open = _portfolio.PositionOf(symbol).Quantity;
        return open == 0m ? null
            : open > 0m ? Sell(symbol, open, tag)
            : Buy(symbol, -open, tag);
    }

    /// <summary>Cancels an order; nothing happens where it is not working any more.</summary>
    public void Cancel(Guid orderId) => _gateway.Cancel(orderId, Cancelled);

    /// <summary>Cancels the working orders of a symbol, or all of them.</summary>
    public void CancelAll(string? symbol = null)
    {
        foreach (var order in _portfolio.Working.Where(order => symbol is null || order.Request.Symbol == symbol).ToArray())
        {
            Cancel(order.Id);
        }
    }

    // What waits to reduce a position, a stop or a target, is not expected to be executed.
    private decimal Working(string symbol, Side? side = null)
    {
        var open = 0m;
        foreach (var order in _portfolio.Working)
        {
            var request = order.Request;
            var counts =
                request.Symbol == symbol
                && (side is null || request.Side == side)
                && (!request.Conditions.ReduceOnly || order.SentType == OrderType.Market);
            open += counts ? request.Side.Sign() * order.Remaining : 0m;
        }

        return open;
    }

    private bool Adds(string symbol, Side side, decimal quantity, OrderConditions conditions) =>
        !conditions.ReduceOnly
        && Exposure.Adding(_portfolio.PositionOf(symbol).Quantity, side, Math.Abs(Working(symbol, side)), quantity) > 0m;

    private OrderRequest? RequestOf(
        string symbol,
        Side side,
        OrderType type,
        decimal quantity,
        decimal? price,
        TimeInForce timeInForce,
        OrderConditions conditions,
        string? tag
    )
    {
        var terms = _gateway.Terms(symbol);
        var lots = terms?.FloorToLot(quantity) ?? quantity;
        if (lots <= 0m || (Adds(symbol, side, lots, conditions) && !_mayEnter(symbol)))
        {
            return null;
        }

        var (now, seq) = _moment();
        var id = DeterministicId.Create("strategy-order", string.Create(null, $"{_scope}/{_strategy}/{_number++}"));
        return new OrderRequest
        {
            Id = id,
            ClientOrderId = id,
            Symbol = symbol,
            Side = side,
            Type = type,
            TimeInForce = timeInForce,
            Quantity = lots,
            LimitPrice = price is { } limit ? OnGrid(limit, side, terms) : null,
            Conditions = OnGrid(conditions, side, terms),
            Origin = tag ?? _strategy,
            EventTime = now,
            Seq = seq,
            Run = _run,
        };
    }

    private static OrderConditions OnGrid(OrderConditions conditions, Side side, Domain.Instruments.Instrument? terms) =>
        conditions.TriggerPrice is { } trigger ? conditions with { TriggerPrice = OnGrid(trigger, side, terms) } : conditions;

    // Never a worse price than was asked for.
    private static decimal OnGrid(decimal price, Side side, Domain.Instruments.Instrument? terms)
    {
        if (terms is null)
        {
            return price;
        }

        var steps = price / terms.TickSize;
        return (side == Side.Buy ? decimal.Floor(steps) : decimal.Ceiling(steps)) * terms.TickSize;
    }
}
