namespace AITrader.Domain.Ticks;

/// <summary>What a tick reports.</summary>
public enum TickKind : byte
{
    /// <summary>A trade: price and size are of that trade.</summary>
    Trade,

    /// <summary>A change of the best bid or ask: price is the mid, size is zero.</summary>
    Quote,
}
