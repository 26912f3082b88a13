namespace AITrader.Venues.Kite.Ticker;

/// <summary>How much the ticker tells about an instrument.</summary>
public enum KiteMode
{
    /// <summary>Last price.</summary>
    Ltp,

    /// <summary>Last trade, volume, totals and the day's prices.</summary>
    Quote,

    /// <summary>Also open interest, times and five levels of depth.</summary>
    Full,
}
