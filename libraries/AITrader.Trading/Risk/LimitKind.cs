namespace AITrader.Trading.Risk;

/// <summary>Bounds beyond those of <see cref="RiskLimits"/>. The words are in <see cref="LimitSet.Name"/>.</summary>
public enum LimitKind
{
    /// <summary>Smallest quantity of an order.</summary>
    MinQuantity,

    /// <summary>Largest quantity that an order may add.</summary>
    MaxQuantity,

    /// <summary>Furthest that a limit price may be from the market on the costly side, in basis points.</summary>
    CollarBps,

    /// <summary>0: no order that an own one would execute.</summary>
    SelfTrades,

    /// <summary>Orders within a second of event time.</summary>
    OrdersPerSecond,

    /// <summary>Orders within a minute of event time.</summary>
    OrdersPerMinute,

    /// <summary>Changes of orders within a second of event time.</summary>
    ModifiesPerSecond,

    /// <summary>Orders, changes and cancels for each execution, from the hundredth on.</summary>
    OrdersPerTrade,

    /// <summary>Working orders.</summary>
    WorkingOrders,

    /// <summary>Quantity of a position.</summary>
    Position,

    /// <summary>Notional of a position.</summary>
    PositionNotional,

    /// <summary>Sum of all positions' notional, without sign.</summary>
    GrossExposure,

    /// <summary>Sum of all positions' notional, with sign.</summary>
    NetExposure,

    /// <summary>Notional of a symbol as a part of equity.</summary>
    SymbolShare,

    /// <summary>Notional of a sector as a part of equity.</summary>
    SectorShare,

    /// <summary>Realised loss of a day, fees included.</summary>
    RealisedLoss,

    /// <summary>Loss of a day, realised and open.</summary>
    DailyLoss,

    /// <summary>Fall of equity from its peak, as a part of the peak.</summary>
    Drawdown,

    /// <summary>Minutes before the end of a session from which only what reduces risk is taken.</summary>
    SquareOffMinutes,

    /// <summary>After a trade: furthest that an execution may be from the mark, in basis points.</summary>
    FillCollarBps,

    /// <summary>After a trade: executions within a second of event time.</summary>
    FillsPerSecond,

    /// <summary>After a trade: furthest that an execution may be, to our cost, from the price shown when the order was taken, in basis
    /// points.</summary>
    SlippageBps,
}
