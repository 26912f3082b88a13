using AITrader.Contracts.Messages;
using AITrader.Markets;

namespace AITrader.PatternEngine.Engine;

/// <summary>Message to hot-path tick, the symbol's index left to the engine: a tick that is refused must not make its symbol
/// known.</summary>
internal static class TickConverter
{
    /// <summary>False where the hot path cannot carry the tick: a price at or below zero, or a number out of range.</summary>
    public static bool TryConvert(Tick message, out MarketTick tick)
    {
        tick = default;
        if (
            message.Price <= 0
            || !TryPrice(message.Price, out var price)
            || !TryPrice(message.Bid ?? 0, out var bid)
            || !TryPrice(message.Ask ?? 0, out var ask)
            || !TryQuantity(message.Volume, out var size)
        )
        {
            return false;
        }

        tick = new MarketTick
        {
            TimeMicros = EventTime.ToMicros(message.Timestamp),
            Symbol = 0,
            Kind = message.Kind == TickKind.Trade ? MarketTickKind.Trade : MarketTickKind.Quote,
            Price = price,
            Size = size,
            Bid = bid,
            Ask = ask,
        };
        return true;
    }

    // Our own feeds never have more decimals than the scale; another writer's finer ones are rounded, not refused.
    private static bool TryPrice(decimal value, out Price price) => Price.TryCreate(decimal.Round(value, Price.Decimals), out price);

    private static bool TryQuantity(decimal value, out Quantity quantity) =>
        Quantity.TryCreate(decimal.Round(value, Quantity.Decimals), out quantity) && value >= 0;
}
