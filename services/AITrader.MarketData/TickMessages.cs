using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Markets;

namespace AITrader.MarketData;

/// <summary>Hot-path tick to message.</summary>
internal static class TickMessages
{
    /// <summary>The message of a tick; a receive time is told where it is not the event time.</summary>
    public static Tick Create(
        in MarketTick tick,
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
            Price = tick.Price.ToDecimal(),
            Volume = tick.Size.ToDecimal(),
            Timestamp = EventTime.FromMicros(tick.TimeMicros),
            Kind = tick.Kind == MarketTickKind.Trade ? TickKind.Trade : TickKind.Quote,
            Bid = Known(tick.Bid),
            BidSize = Known(tick.BidSize),
            Ask = Known(tick.Ask),
            AskSize = Known(tick.AskSize),
            Source = source,
            Seq = seq,
            Run = run,
            Trace = TickTrace.Parent(run.Length > 0 ? run : source, seq),
            Flags = (TickFlags)tick.Flags,
            ReceivedAt = receivedMicros > 0 && receivedMicros != tick.TimeMicros ? EventTime.FromMicros(receivedMicros) : null,
            TradeId = tradeId > 0 && tick.Kind == MarketTickKind.Trade ? tradeId : null,
        };

    private static decimal? Known(Price price) => price.Nanos > 0 ? price.ToDecimal() : null;

    private static decimal? Known(Quantity quantity) => quantity.Raw > 0 ? quantity.ToDecimal() : null;
}
