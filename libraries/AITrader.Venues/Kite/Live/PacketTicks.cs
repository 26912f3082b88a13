using AITrader.Domain.Normalization;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Venues.Feeds;
using AITrader.Venues.Kite.Ticker;

namespace AITrader.Venues.Kite.Live;

/// <summary>Turns the ticker's snapshots into what happened between them. One caller at a time.</summary>
/// <remarks>
/// A packet tells the state, not the event: a grown day's volume (for an index, another price) is a trade of the difference, another best
/// bid or ask is a quote. The event time
/// is the receive time, as the exchange's is in whole seconds. A packet older than the last, by the exchange's time or by a volume that
/// shrank within one second, is dropped. On a
/// new connection the first difference is the sum of all that was missed, and is flagged so.
/// </remarks>
internal sealed class PacketTicks(ITickIntake intake, IFeedHealth health)
{
    // The exchanges' day ends at midnight in India, which has no summer time.
    private const long MicrosAheadOfUtc = 19_800 * EventTime.MicrosPerSecond;

    private readonly Dictionary<int, Known> _known = [];
    private readonly HashSet<int> _broken = [];

    /// <summary>Packets of these come on another connection from now on.</summary>
    public void StartConnection(IEnumerable<int> symbols)
    {
        foreach (var symbol in symbols)
        {
            intake.StartConnection(symbol);
            if (_known.TryGetValue(symbol, out var known))
            {
                _known[symbol] = known with { ExchangeMicros = 0, IsInterrupted = true };
            }
        }
    }

    /// <summary>What happened to these since their last recorded tick is not known: their next tick says so.</summary>
    public void Break(IEnumerable<int> symbols) => _broken.UnionWith(symbols);

    /// <summary>Appends the ticks of one packet.</summary>
    /// <returns><see cref="TickVerdict.Passed"/> where it is the instrument's present state, else why it is not.</returns>
    public TickVerdict Append(List<Tick> ticks, int symbol, in KitePacket packet, DateTimeOffset received)
    {
        var receivedMicros = EventTime.ToMicros(received);
        if (!intake.Observe(symbol, EventTime.ToMicros(packet.ExchangeTime), receivedMicros))
        {
            return TickVerdict.OutOfOrder;
        }

        if (packet.LastPrice <= 0)
        {
            return Drop(symbol, TickVerdict.Unpriced);
        }

        var isFirst = !_known.TryGetValue(symbol, out var before);
        var exchangeMicros = intake.Believe(EventTime.ToMicros(packet.ExchangeTime), receivedMicros);
        var now = before;
        var step = TakeVolume(symbol, ref now, packet, exchangeMicros, receivedMicros, out var traded);

        // Within one second of the exchange a volume that shrank is that of an older packet.
        if (step == VolumeStep.Back && exchangeMicros > 0 && exchangeMicros == before.ExchangeMicros)
        {
            _known[symbol] = before with { Volume = now.Volume };
            return Drop(symbol, TickVerdict.OutOfOrder);
        }

        now = now.With(packet, exchangeMicros);
        _known[symbol] = now with { IsInterrupted = now.IsInterrupted && step == VolumeStep.Back };
        AppendTop(ticks, symbol, packet, now, before, receivedMicros);
        if (!isFirst && (IsCounted(packet) ? traded > 0 : packet.LastPrice != before.Price))
        {
            Take(Create(symbol, TickKind.Trade, packet, traded, receivedMicros) with { IsGapFinal = now.IsInterrupted }, ticks);
        }

        return TickVerdict.Passed;
    }

    private void AppendTop(List<Tick> ticks, int symbol, in KitePacket packet, in Known now, in Known before, long receivedMicros)
    {
        if (packet.HasDepth && !now.HasTopOf(before))
        {
            Take(Create(symbol, TickKind.Quote, packet, 0, receivedMicros), ticks);
        }
    }

    private VolumeStep TakeVolume(
        int symbol,
        ref Known known,
        in KitePacket packet,
        long exchangeMicros,
        long receivedMicros,
        out uint traded
    )
    {
        traded = 0;

        // A day with an average price has seen trades: a volume of 0 is then no volume.
        if (!IsCounted(packet) || (packet.Volume == 0 && packet.AveragePrice > 0))
        {
            return VolumeStep.On;
        }

        var tradeMicros = intake.Believe(EventTime.ToMicros(packet.LastTradeTime), receivedMicros);
        var volume = known.Volume;
        traded = volume.Take(packet.Volume, DayOf(tradeMicros > 0 ? tradeMicros : exchangeMicros), out var step);
        known = known with { Volume = volume };
        if (step == VolumeStep.Back)
        {
            health.CountSkipped(SkipReasons.VolumeBack);
        }
        else if (step == VolumeStep.Believed)
        {
            _broken.Add(symbol);
        }

        return step;
    }

    private static bool IsCounted(in KitePacket packet) => packet.IsTradable && packet.Mode != KiteMode.Ltp;

    private static int DayOf(long micros) => micros > 0 ? (int)EventTime.Session(micros + MicrosAheadOfUtc) : 0;

    private TickVerdict Drop(int symbol, TickVerdict verdict)
    {
        intake.Drop(symbol, verdict);
        return verdict;
    }

    private void Take(in SourceTick tick, List<Tick> ticks)
    {
        var isBroken = _broken.Contains(tick.Tick.Symbol);
        if (intake.Take(isBroken ? tick with { IsGapFinal = true } : tick, ticks) == TickVerdict.Passed && isBroken)
        {
            _broken.Remove(tick.Tick.Symbol);
        }
    }

    private static SourceTick Create(int symbol, TickKind kind, in KitePacket packet, long volume, long receivedMicros)
    {
        var (bestBid, bestAsk) = (packet.Bid(0), packet.Offer(0));
        var (bid, ask) = (FeedPrice.OrUnknown(bestBid.Price), FeedPrice.OrUnknown(bestAsk.Price));
        var isQuoted = kind == TickKind.Quote || (bid.Nanos > 0 && ask.Nanos > 0);
        return new SourceTick
        {
            ReceivedMicros = receivedMicros,
            Tick = new PackedTick
            {
                TimeMicros = receivedMicros,
                Symbol = symbol,
                Kind = kind,
                Price = kind == TickKind.Quote ? Price.Mid(bid, ask) : FeedPrice.OrUnknown(packet.LastPrice),
                Size = Quantity.FromRaw(volume * Quantity.Scale),
                Bid = isQuoted ? bid : default,
                BidSize = isQuoted ? Quantity.FromRaw(bestBid.Quantity * Quantity.Scale) : default,
                Ask = isQuoted ? ask : default,
                AskSize = isQuoted ? Quantity.FromRaw(bestAsk.Quantity * Quantity.Scale) : default,
            },
        };
    }

    private readonly record struct Known(
        decimal Price,
        KiteLevel Bid,
        KiteLevel Ask,
        long ExchangeMicros,
        DayVolume Volume,
        bool IsInterrupted
    )
    {
        // What a packet does not carry stays as it was.
        public Known With(in KitePacket packet, long exchangeMicros) =>
            this with
            {
                Price = packet.LastPrice,
                Bid = packet.HasDepth ? packet.Bid(0) : Bid,
                Ask = packet.HasDepth ? packet.Offer(0) : Ask,
                ExchangeMicros = exchangeMicros,
            };

        public bool HasTopOf(in Known other) =>
            (Bid.Price, Bid.Quantity, Ask.Price, Ask.Quantity)
            == (other.Bid.Price, other.Bid.Quantity, other.Ask.Price, other.Ask.Quantity);
    }
}
