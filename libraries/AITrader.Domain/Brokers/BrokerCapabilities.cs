namespace AITrader.Domain.Brokers;

/// <summary>What a broker takes as it is, beyond market and limit orders for the day.</summary>
[Flags]
public enum BrokerCapabilities
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Stops (SL-M).</summary>
    Stop = 1 << 0,

    /// <summary>Stop-limit orders (SL).</summary>
    StopLimit = 1 << 1,

    /// <summary>Trailing stops.</summary>
    TrailingStop = 1 << 2,

    /// <summary>Orders that become market orders at a better price.</summary>
    MarketIfTouched = 1 << 3,

    /// <summary>Orders that show a part of their quantity.</summary>
    Iceberg = 1 << 4,

    /// <summary>Orders that cancel one another, and orders that wait for a parent.</summary>
    Linked = 1 << 5,

    /// <summary>Until cancelled.</summary>
    Gtc = 1 << 6,

    /// <summary>Immediate or cancel.</summary>
    Ioc = 1 << 7,

    /// <summary>Fill or kill.</summary>
    Fok = 1 << 8,

    /// <summary>Until a given time.</summary>
    Gtd = 1 << 9,

    /// <summary>Never adds to a position.</summary>
    ReduceOnly = 1 << 10,

    /// <summary>Never takes liquidity.</summary>
    PostOnly = 1 << 11,

    /// <summary>What can only be had at the exchange: none of it can be emulated from here.</summary>
    OnlyNative = Gtc | Ioc | Fok | PostOnly,

    /// <summary>The simulator: everything else is emulated, as at a broker that has no more.</summary>
    Simulator = OnlyNative,
}
