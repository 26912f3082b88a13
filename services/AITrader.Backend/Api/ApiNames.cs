using AITrader.Domain.Signals;

namespace AITrader.Backend.Api;

/// <summary>Names of enum values in answers.</summary>
internal static class ApiNames
{
    public static string Of(SignalDirection direction) => direction == SignalDirection.Bullish ? "BULLISH" : "BEARISH";
}
