using AITrader.Domain.Ticks;
using AITrader.Domain.Time;

namespace AITrader.PatternEngine.Engine;

/// <summary>Packs ticks for the hot path, the symbol's index left to the engine: a tick that is refused must not make its symbol
/// known.</summary>
internal static class TickConverter
{
    /// <summary>False where the hot path cannot use the tick: a price at or below zero, or a negative quantity.</summary>
    public static bool TryConvert(Tick message, out PackedTick tick)
    {
        tick = default;
        if (message.Price.Nanos <= 0 || message.Volume.Raw < 0)
        {
            return false;
        }

        tick = new PackedTick
        {
            TimeMicros = EventTime.ToMicros(message.Timestamp),
            Symbol = 0,
            Kind = message.Kind,
            Price = message.Price,
            Size = message.Volume,
            Bid = message.Bid.GetValueOrDefault(),
            Ask = message.Ask.GetValueOrDefault(),
        };
        return true;
    }
}
