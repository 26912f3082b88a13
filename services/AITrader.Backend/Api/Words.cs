using AITrader.Domain.Orders;
using AITrader.Domain.Signals;

namespace AITrader.Backend.Api;

/// <summary>Words of the wire.</summary>
internal static class Words
{
    public static string Of(Side side) => side == Side.Buy ? "BUY" : "SELL";

    public static string Of(SignalDirection direction) => direction == SignalDirection.Bullish ? "BULLISH" : "BEARISH";
}
