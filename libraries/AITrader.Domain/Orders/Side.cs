namespace AITrader.Domain.Orders;

/// <summary>Side of an order or execution.</summary>
public enum Side
{
    /// <summary>Buy.</summary>
    Buy,

    /// <summary>Sell.</summary>
    Sell,
}

/// <summary>Order types of the simulator.</summary>
public enum OrderType
{
    /// <summary>Takes whatever the other side shows.</summary>
    Market,

    /// <summary>Never worse than its price.</summary>
    Limit,
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
}

/// <summary>Arithmetic of sides.</summary>
public static class Sides
{
    /// <summary>+1 for a buy, -1 for a sell.</summary>
    public static decimal Sign(this Side side) => side == Side.Buy ? 1m : -1m;
}
