using AITrader.Contracts.Messages;
using AITrader.Kite.Ticker;
using AITrader.Markets;

namespace AITrader.MarketData.Feed;

/// <summary>Turns the ticker's snapshots into what happened between them. One caller at a time.</summary>
/// <remarks>
/// A packet tells the state, not the event: a grown day's volume (for an index, another price) is a trade of the difference, another best bid or ask is a quote. The event time
/// is the receive time, as the exchange's is in whole seconds; it never goes back.
/// </remarks>
internal sealed class PacketTicks(string source, LiveSequence sequence)
{
    private readonly Dictionary<uint, Known> _known = [];
    private DateTimeOffset _last;

    /// <summary>Appends the ticks of one packet.</summary>
    public void Append(List<Tick> ticks, string symbol, in KitePacket packet, DateTimeOffset received)
    {
        if (packet.LastPrice <= 0)
        {
            return;
        }

        var (bid, ask) = (packet.Bid(0), packet.Offer(0));
        var isFirst = !_known.TryGetValue(packet.Token, out var before);
        var now = new Known(packet.LastPrice, packet.Volume, bid, ask);
        _known[packet.Token] = now;
        var time = Next(received);
        if (bid.Price > 0 && ask.Price >= bid.Price && (isFirst || !now.HasTopOf(before)))
        {
            ticks.Add(Create(symbol, TickKind.Quote, (bid.Price + ask.Price) / 2, 0, time, now));
        }

        var traded = packet.Volume >= before.Volume ? packet.Volume - before.Volume : packet.Volume;
        var isTrade = packet.IsTradable && packet.Mode != KiteMode.Ltp ? traded > 0 : packet.LastPrice != before.Price;
        if (!isFirst && isTrade)
        {
            ticks.Add(Create(symbol, TickKind.Trade, packet.LastPrice, packet.IsTradable ? traded : 0, time, now));
        }
    }

    private DateTimeOffset Next(DateTimeOffset received)
    {
        var time = EventTime.FromMicros(EventTime.ToMicros(received));
        return _last = time > _last ? time : _last;
    }

    private Tick Create(string symbol, TickKind kind, decimal price, decimal volume, DateTimeOffset time, in Known now)
    {
        var seq = sequence.Next();
        var isQuoted = now.Bid.Price > 0 && now.Ask.Price >= now.Bid.Price;
        return new Tick
        {
            Symbol = symbol,
            Kind = kind,
            Price = price,
            Volume = volume,
            Timestamp = time,
            Bid = isQuoted ? now.Bid.Price : null,
            BidSize = isQuoted ? now.Bid.Quantity : null,
            Ask = isQuoted ? now.Ask.Price : null,
            AskSize = isQuoted ? now.Ask.Quantity : null,
            Source = source,
            Seq = seq,
            Trace = TickMessages.TraceParent(source, seq),
        };
    }

    private readonly record struct Known(decimal Price, uint Volume, KiteLevel Bid, KiteLevel Ask)
    {
        public bool HasTopOf(in Known other) => (Bid.Price, Bid.Quantity, Ask.Price, Ask.Quantity) == (other.Bid.Price, other.Bid.Quantity, other.Ask.Price, other.Ask.Quantity);
    }
}
