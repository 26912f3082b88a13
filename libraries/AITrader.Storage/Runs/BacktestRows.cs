namespace AITrader.Storage.Runs;

/// <summary>An order of a backtest, as it ended.</summary>
/// <param name="Id">Derived from the run.</param>
/// <param name="Timestamp">Event time at which it was placed.</param>
/// <param name="Symbol">Instrument.</param>
/// <param name="Side">BUY or SELL.</param>
/// <param name="Type">Such as LIMIT.</param>
/// <param name="Tif">Time in force, such as DAY.</param>
/// <param name="Qty">Quantity.</param>
/// <param name="Price">Limit price; null of market orders.</param>
/// <param name="Status">Where it ended; an order that was still working when the data ended is EXPIRED.</param>
/// <param name="Reason">Why it was denied, rejected, cancelled or expired.</param>
/// <param name="FilledQty">Executed quantity.</param>
/// <param name="AveragePrice">Average execution price; null where nothing was executed.</param>
/// <param name="ReferencePrice">What slippage is measured from; null where unknown.</param>
/// <param name="Tag">Strategy, or the tag that it gave.</param>
/// <param name="Seq">Tick that caused it.</param>
public sealed record BacktestOrder(
    Guid Id,
    DateTimeOffset Timestamp,
    string Symbol,
    string Side,
    string Type,
    string Tif,
    decimal Qty,
    decimal? Price,
    string Status,
    string Reason,
    decimal FilledQty,
    decimal? AveragePrice,
    decimal? ReferencePrice,
    string Tag,
    long Seq
);

/// <summary>A signal of a backtest.</summary>
/// <param name="Id">Derived from the run's tick and the pattern.</param>
/// <param name="Timestamp">Event time of the tick.</param>
/// <param name="Symbol">Instrument.</param>
/// <param name="Pattern">Detector.</param>
/// <param name="Direction">BULLISH or BEARISH.</param>
/// <param name="Score">Strength in [0, 1].</param>
/// <param name="Price">Price of the tick.</param>
/// <param name="TickId">Name of the tick.</param>
/// <param name="Seq">Number of the tick.</param>
public sealed record BacktestSignal(
    Guid Id,
    DateTimeOffset Timestamp,
    string Symbol,
    string Pattern,
    string Direction,
    double Score,
    decimal Price,
    string TickId,
    long Seq
);
