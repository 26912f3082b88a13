using AITrader.Contracts;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;

namespace AITrader.MarketData;

/// <summary>Hot-path tick to message.</summary>
internal static class TickMessages
{
    /// <summary>The message of a tick; a receive time is told where it is not the event time.</summary>
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
