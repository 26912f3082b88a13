namespace AITrader.Domain.Orders;

/// <summary>Side of an order or execution.</summary>
public enum Side
{
    /// <summary>Buy.</summary>
    Buy,

    /// <summary>Sell.</summary>
    Sell,
}

/// <summary>Order types.</summary>
public enum OrderType
{
    /// <summary>Takes whatever the other side shows.</summary>
    Market,

    /// <summary>Never worse than its price.</summary>
    Limit,

    /// <summary>A market order once a trade is at the trigger price or beyond it, against the order (SL-M).</summary>
    Stop,

    /// <summary>A limit order once a trade is at the trigger price or beyond it, against the order (SL).</summary>
    StopLimit,

    /// <summary>A stop whose trigger follows the best trade at a distance.</summary>
    TrailingStop,

    /// <summary>A market order once a trade is at the trigger price or beyond it, in the order's favour.</summary>
    MarketIfTouched,

    /// <summary>A limit order that shows a part of its quantity at a time.</summary>
    Iceberg,
}

/// <summary>How long an order stays.</summary>
public enum TimeInForce
{
    /// <summary>Until the end of the UTC day of its event time.</summary>
    Day,

    /// <summary>Until it is filled or cancelled.</summary>
    Gtc,

    /// <summary>What the first quote gives; the rest is cancelled.</summary>
    Ioc,

    /// <summary>All at the first quote, or nothing.</summary>
    Fok,

    /// <summary>Until a given event time.</summary>
    Gtd,
}

/// <summary>Arithmetic of sides.</summary>
public static class Sides
{
    /// <summary>+1 for a buy, -1 for a sell.</summary>
    public static decimal Sign(this Side side) => side == Side.Buy ? 1m : -1m;
}
