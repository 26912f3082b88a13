using System.Globalization;
using AITrader.Contracts.Messages;
using AITrader.Markets;

namespace AITrader.MarketData;

/// <summary>Hot-path tick to message.</summary>
internal static class TickMessages
{
    /// <summary>The message of a tick; a receive time is told where it is not the event time.</summary>
    public static Tick Create(in MarketTick tick, string symbol, string source, string run, long seq, long receivedMicros = 0, long tradeId = 0) => new()
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
        Trace = TraceParent(run.Length > 0 ? run : source, seq),
        Flags = (TickFlags)tick.Flags,
        ReceivedAt = receivedMicros > 0 && receivedMicros != tick.TimeMicros ? EventTime.FromMicros(receivedMicros) : null,
        TradeId = tradeId > 0 && tick.Kind == MarketTickKind.Trade ? tradeId : null,
    };

    /// <summary>W3C traceparent derived from the tick's name, so that a replay gives the same trace again.</summary>
    public static string TraceParent(string scope, long seq)
    {
        // FNV-1a of the scope, then SplitMix64 steps: spread well, and nothing secret rests on it.
        var state = 14695981039346656037UL;
        foreach (var letter in scope)
        {
            state = (state ^ letter) * 1099511628211UL;
        }

        state += (ulong)seq * 0x9E3779B97F4A7C15UL;
        return string.Create(CultureInfo.InvariantCulture, $"00-{Next(ref state):x16}{Next(ref state):x16}-{Next(ref state) | 1:x16}-01");
    }

    private static decimal? Known(Price price) => price.Nanos > 0 ? price.ToDecimal() : null;

    private static decimal? Known(Quantity quantity) => quantity.Raw > 0 ? quantity.ToDecimal() : null;

    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }
}
