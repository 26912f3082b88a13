namespace AITrader.Domain.Orders;

/// <summary>One execution of an order; on the bus it is an entry of <c>fills:global</c>.</summary>
public sealed record Fill
{
    /// <summary>Decimals that amounts are rounded to when they are converted.</summary>
    public const int MoneyDecimals = 8;

    /// <summary>Its id: the same one is never booked twice.</summary>
    public required Guid ExecId { get; init; }

    /// <summary>Order that was executed.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Side of the order.</summary>
    public required Side Side { get; init; }

    /// <summary>Executed quantity; positive.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Execution price; positive.</summary>
    public required decimal Price { get; init; }

    /// <summary>Fee in quote currency; not negative.</summary>
    public required decimal Fee { get; init; }

    /// <summary>Whether it took liquidity that was shown (taker) or was waited for (maker).</summary>
    public required bool IsTaker { get; init; }

    /// <summary>Event time.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Sequence of the tick that filled it.</summary>
    public required long Seq { get; init; }

    /// <summary>What one unit of the instrument's currency is worth in the account's; 1 where they are the same.</summary>
    public decimal Rate { get; init; } = 1m;

    /// <summary>Price in the currency of the account: what is booked.</summary>
    public decimal BookedPrice => InAccountCurrency(Price);

    /// <summary>Fee in the currency of the account.</summary>
    public decimal BookedFee => InAccountCurrency(Fee);

    /// <summary>Replay run; empty when live.</summary>
    public string Run { get; init; } = string.Empty;

    /// <summary>W3C traceparent.</summary>
    public string Trace { get; init; } = string.Empty;

    /// <summary>Quantity with the sign of the side.</summary>
    public decimal SignedQuantity => Side.Sign() * Quantity;

    /// <summary>taker or maker.</summary>
    public string Liquidity => IsTaker ? "taker" : "maker";

    // Half away from zero, as PostgreSQL rounds: both must come to the same sum.
    private decimal InAccountCurrency(decimal amount) =>
        Rate == 1m ? amount : decimal.Round(amount * Rate, MoneyDecimals, MidpointRounding.AwayFromZero);
}
