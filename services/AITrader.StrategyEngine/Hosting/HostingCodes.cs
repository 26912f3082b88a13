namespace AITrader.StrategyEngine.Hosting;

/// <summary>Why an order of a hosted strategy is not sent.</summary>
internal static class HostingCodes
{
    /// <summary>Positions and working orders would exceed its budget.</summary>
    public const string BudgetExceeded = "STRATEGY_BUDGET_EXCEEDED";

    /// <summary>It was being warmed up, or did over again what happened before it was started.</summary>
    public const string CatchingUp = "STRATEGY_CATCHING_UP";

    /// <summary>A flag keeps hosted strategies from adding to positions.</summary>
    public const string OrdersOff = "STRATEGY_ORDERS_OFF";

    /// <summary>The tick that it acted on is too old.</summary>
    public const string StaleTick = "STALE_TICK";

    /// <summary>It failed, and was stopped.</summary>
    public const string Stopped = "STRATEGY_STOPPED";
}
