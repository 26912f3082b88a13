using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;

namespace AITrader.Contracts;

/// <summary>Makes messages of ticks of the hot path.</summary>
public static class TickMessages
{
    /// <summary>The message of a tick.</summary>
    /// <param name="tick">The tick; its unknown prices and quantities are 0.</param>
    /// <param name="symbol">Name of its instrument.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="run">Name of the replay; empty when live.</param>
    /// <param name="seq">Its number.</param>
    /// <param name="receivedMicros">When it was received, in Unix microseconds; left out where that is 0 or the event time.</param>
    /// <param name="tradeId">The venue's number of the trade; 0 where it has none.</param>
    public static Tick Create(
        in PackedTick tick,
        string symbol,
        string source,
        string run,
        long seq,
        long receivedMicros = 0,
        long tradeId = 0
    ) =>
        new()
        {
            Symbol = symbol,
            Price = tick.Price,
            Volume = tick.Size,
            Timestamp = EventTime.FromMicros(tick.TimeMicros),
            Kind = tick.Kind,
            Bid = Known(tick.Bid),
            BidSize = Known(tick.BidSize),
            Ask = Known(tick.Ask),
            AskSize = Known(tick.AskSize),
            Source = source,
            Seq = seq,
            Run = run,
            Trace = TickTrace.Parent(run.Length > 0 ? run : source, seq),
            Flags = tick.Flags,
            ReceivedAt = receivedMicros > 0 && receivedMicros != tick.TimeMicros ? EventTime.FromMicros(receivedMicros) : null,
            TradeId = tradeId > 0 && tick.Kind == TickKind.Trade ? tradeId : null,
        };

    private static Price? Known(Price price) => price.Nanos > 0 ? price : null;

    private static Quantity? Known(Quantity quantity) => quantity.Raw > 0 ? quantity : null;
}
