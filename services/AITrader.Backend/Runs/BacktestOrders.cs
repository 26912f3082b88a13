using AITrader.Domain.Orders;
using AITrader.Storage.Rows;
using AITrader.Storage.Runs;

namespace AITrader.Backend.Runs;

/// <summary>Which orders and signals of a backtest can be stored: those that can be working at no broker, and that the tables take.
/// </summary>
internal static class BacktestOrders
{
    public const string Problem =
        "an order has no side BUY or SELL, no symbol, a quantity that is not above 0 or has more than 8 decimals, no type, or a status in which it is still working.";

    public const string SignalProblem =
        "a signal has no direction BULLISH or BEARISH, no symbol or pattern, or a score that is not within 0 and 1.";

    // An order that works would be taken for one of the market's.
    private static readonly HashSet<string> Ended =
    [
        WireNames.Name(OrderStatus.Filled),
        WireNames.Name(OrderStatus.Cancelled),
        WireNames.Name(OrderStatus.Expired),
        WireNames.Name(OrderStatus.Rejected),
        WireNames.Name(OrderStatus.Denied),
    ];

    public static bool Fits(BacktestOrder order) =>
        order.Side is "BUY" or "SELL"
        && order.Symbol.Length > 0
        && order.Type.Length > 0
        && Ended.Contains(order.Status)
        && (
            order.Status == WireNames.Name(OrderStatus.Denied)
            || (order.Qty > 0m && AccountNumbers.Fits(order.Qty) && order.Price is null or > 0m)
        )
        && order.FilledQty >= 0m;

    public static bool Fits(BacktestSignal signal) =>
        signal.Direction is "BULLISH" or "BEARISH"
        && signal.Symbol.Length > 0
        && signal.Pattern.Length > 0
        && signal.Score is >= 0 and <= 1;
}
