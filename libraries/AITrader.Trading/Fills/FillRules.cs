using AITrader.Trading.Market;

namespace AITrader.Trading.Fills;

/// <summary>Settings of the simulator.</summary>
/// <param name="OrderLatency">Event time from sending an order until the exchange can match it.</param>
public sealed record FillRules(TimeSpan OrderLatency)
{
    /// <summary>50 ms to the exchange.</summary>
    public static FillRules Default { get; } = new(TimeSpan.FromMilliseconds(50));
}

/// <summary>What is there for one order at one tick.</summary>
/// <param name="Touch">The other side of the book after the tick, with what earlier orders took of it.</param>
/// <param name="TradeLeft">What earlier orders left of the tick's traded quantity.</param>
/// <param name="Beyond">What the levels behind the touch hold within the order's limit; zero where they are not walked.</param>
/// <param name="Queued">What of the traded quantity reaches the order at its own price; zero where no queue is kept.</param>
public readonly record struct Liquidity(Touch Touch, decimal TradeLeft, decimal Beyond = 0m, decimal Queued = 0m);

/// <summary>What the simulator found for one order at one tick.</summary>
/// <param name="Accepts">The order reached the exchange at this tick.</param>
/// <param name="Quantity">Executed quantity; zero for none.</param>
/// <param name="Price">Execution price.</param>
/// <param name="IsTaker">Took shown liquidity.</param>
/// <param name="Cancels">Why the rest is cancelled; empty where it stays.</param>
public readonly record struct FillOutcome(bool Accepts, decimal Quantity, decimal Price, bool IsTaker, string Cancels)
{
    /// <summary>Whether the order takes on from the levels behind the touch.</summary>
    public bool Walks { get; init; }

    /// <summary>Why the exchange refuses the order; empty where it does not.</summary>
    public string Rejects { get; init; } = string.Empty;

    /// <summary>Nothing happens.</summary>
    public static FillOutcome Nothing { get; } = new(false, 0m, 0m, false, string.Empty);
}
