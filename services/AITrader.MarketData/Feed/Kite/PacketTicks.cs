using AITrader.Contracts.Messages;
using AITrader.Kite.Ticker;
using AITrader.Markets;
using AITrader.Markets.Normalization;

namespace AITrader.MarketData.Feed.Kite;

/// <summary>Turns the ticker's snapshots into what happened between them. One caller at a time.</summary>
/// <remarks>
/// A packet tells the state, not the event: a grown day's volume (for an index, another price) is a trade of the difference, another best bid or ask is a quote. The event time
/// is the receive time, as the exchange's is in whole seconds. A packet older than the last, by the exchange's time or by a volume that shrank within one second, is dropped. On a
/// new line the first difference is the sum of all that was missed, and is flagged so.
/// </remarks>
internal sealed class PacketTicks(TickIntake intake)
{
    private readonly Dictionary<uint, Known> _known = [];
    private readonly HashSet<int> _broken = [];
    private int _line;

    /// <summary>What comes now comes on another line than before.</summary>
    public void StartLine() => _line++;

    /// <summary>What happened to these since their last recorded tick is not known: their next tick says so.</summary>
    public void Break(IEnumerable<int> symbols) => _broken.UnionWith(symbols);

    /// <summary>Appends the ticks of one packet; false where it is older than what is known.</summary>
    public bool Append(List<Tick> ticks, int symbol, in KitePacket packet, DateTimeOffset received)
    {
        var exchangeMicros = EventTime.ToMicros(packet.ExchangeTime);
        var isFirst = !_known.TryGetValue(packet.Token, out var before);
        var receivedMicros = EventTime.ToMicros(received);
        if (!intake.Observe(symbol, exchangeMicros, receivedMicros) || !IsNews(symbol, packet, exchangeMicros, before))
        {
            return false;
        }

        var (bid, ask) = (packet.Bid(0), packet.Offer(0));
        var now = new Known(packet.LastPrice, packet.Volume, bid, ask, exchangeMicros, _line);
        _known[packet.Token] = now;
        if (packet.HasDepth && !now.HasTopOf(before))
        {
            Take(Create(symbol, MarketTickKind.Quote, now, 0, receivedMicros), ticks);
        }

        var traded = packet.Volume >= before.Volume ? packet.Volume - before.Volume : packet.Volume;
        var isTrade = packet.IsTradable && packet.Mode != KiteMode.Ltp ? traded > 0 : packet.LastPrice != before.Price;
        if (!isFirst && isTrade)
        {
            Take(Create(symbol, MarketTickKind.Trade, now, packet.IsTradable ? traded : 0, receivedMicros) with { IsGapFinal = before.Line != _line }, ticks);
        }

        return true;
    }

    private void Take(in SourceTick tick, List<Tick> ticks)
    {
        var isBroken = _broken.Contains(tick.Tick.Symbol);
        if (intake.Take(isBroken ? tick with { IsGapFinal = true } : tick, ticks) == TickVerdict.Passed && isBroken)
        {
            _broken.Remove(tick.Tick.Symbol);
        }
    }

    private bool IsNews(int symbol, in KitePacket packet, long exchangeMicros, in Known before)
    {
        if (packet.LastPrice <= 0)
        {
            intake.Drop(symbol, TickVerdict.Unpriced);
            return false;
        }

        // Within one second of the exchange no new day begins, so a volume that shrank is that of an older packet.
        if (exchangeMicros > 0 && exchangeMicros == before.ExchangeMicros && packet.Volume < before.Volume)
        {
            intake.Drop(symbol, TickVerdict.OutOfOrder);
            return false;
        }

        return true;
    }

    private static SourceTick Create(int symbol, MarketTickKind kind, in Known now, long volume, long receivedMicros)
    {
        var (bid, ask) = (TickIntake.PriceOf(now.Bid.Price), TickIntake.PriceOf(now.Ask.Price));
        var isQuoted = kind == MarketTickKind.Quote || (bid.Nanos > 0 && ask.Nanos > 0);
        return new SourceTick
        {
            ReceivedMicros = receivedMicros,
            Tick = new MarketTick
            {
                TimeMicros = receivedMicros,
                Symbol = symbol,
                Kind = kind,
                Price = kind == MarketTickKind.Quote ? Price.Mid(bid, ask) : TickIntake.PriceOf(now.Price),
                Size = Quantity.FromRaw(volume * Quantity.Scale),
                Bid = isQuoted ? bid : default,
                BidSize = isQuoted ? Quantity.FromRaw(now.Bid.Quantity * Quantity.Scale) : default,
                Ask = isQuoted ? ask : default,
                AskSize = isQuoted ? Quantity.FromRaw(now.Ask.Quantity * Quantity.Scale) : default,
            },
        };
    }

    private readonly record struct Known(decimal Price, uint Volume, KiteLevel Bid, KiteLevel Ask, long ExchangeMicros, int Line)
    {
        public bool HasTopOf(in Known other) => (Bid.Price, Bid.Quantity, Ask.Price, Ask.Quantity) == (other.Bid.Price, other.Bid.Quantity, other.Ask.Price, other.Ask.Quantity);
    }
}
