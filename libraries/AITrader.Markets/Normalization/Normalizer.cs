namespace AITrader.Markets.Normalization;

/// <summary>Makes one stream of ticks of what a source tells: nothing twice, nothing older after newer, nothing without a price; what is odd is flagged. For one thread.</summary>
/// <remarks>
/// Allocates nothing per event. Every drop and every flag is counted in <see cref="Counts"/>. The rules, in this order:
/// <list type="number">
/// <item>Numbered events: one seen before is a <see cref="TickVerdict.Duplicate"/>; of quotes a lower number is <see cref="TickVerdict.OutOfOrder"/>; a hole in contiguous
/// numbers is a <see cref="TickVerdict.Gap"/>, and the event is to be offered again after those of the hole, or with <see cref="SourceTick.IsGapFinal"/>.</item>
/// <item>Unnumbered quotes: an unchanged top is a <see cref="TickVerdict.Duplicate"/>. Unnumbered trades all pass, as two equal ones may both have happened.</item>
/// <item>No price, one side only, crossed: dropped. Their number counts as seen.</item>
/// <item>An event whose source time lies before that of its kind before is passed on flagged. Event time is the receive time, or the source's where that is chosen and given;
/// it never goes back over all instruments of the normalizer: an earlier one is lifted to the last.</item>
/// </list>
/// </remarks>
/// <param name="usesSourceTime">Whether the source's time is the event time where there is one.</param>
/// <param name="maxAheadMicros">A source time so far ahead of the receive time is not believed: the receive time counts.</param>
public sealed class Normalizer(bool usesSourceTime = false, long maxAheadMicros = 5 * EventTime.MicrosPerSecond)
{
    private static readonly InstrumentRules NoRules = new();

    private Instrument[] _instruments = [];
    private long _last;

    /// <summary>What became of everything.</summary>
    public NormalizerCounts Counts { get; } = new();

    /// <summary>Sets or replaces the rules of an instrument; what is known of its sequence stays.</summary>
    /// <param name="symbol">Index of the symbol, as ticks carry it.</param>
    /// <param name="rules">Its rules.</param>
    public void Define(int symbol, InstrumentRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentOutOfRangeException.ThrowIfNegative(symbol);
        for (var i = _instruments.Length; i <= symbol; i++)
        {
            Array.Resize(ref _instruments, i + 1);
            _instruments[i].Rules = NoRules;
        }

        _instruments[symbol].Rules = rules;
    }

    /// <summary>Number of the newest trade seen; 0 before the first.</summary>
    public long LastTrade(int symbol) => _instruments[symbol].Trades.Sequence;

    /// <summary>Number of the newest quote seen; 0 before the first.</summary>
    public long LastQuote(int symbol) => _instruments[symbol].Quotes.Sequence;

    /// <summary>Counts all trades up to a number as seen: those that somebody passed on before.</summary>
    /// <param name="symbol">The instrument.</param>
    /// <param name="trade">The number; a lower one than that of the newest trade changes nothing.</param>
    public void Resume(int symbol, long trade) => _instruments[symbol].Trades.Sequence = Math.Max(_instruments[symbol].Trades.Sequence, trade);

    /// <summary>Judges an event.</summary>
    /// <param name="source">The event; its symbol must be defined.</param>
    /// <param name="tick">The tick where the verdict is <see cref="TickVerdict.Passed"/>.</param>
    public TickVerdict Normalize(in SourceTick source, out MarketTick tick)
    {
        tick = default;
        ref var instrument = ref _instruments[source.Tick.Symbol];
        var flags = source.IsFill ? TickFlags.Filled : TickFlags.None;
        var isTrade = source.Tick.Kind == MarketTickKind.Trade;
        var rule = isTrade ? instrument.Rules.Trades : instrument.Rules.Quotes;
        ref var channel = ref isTrade ? ref instrument.Trades : ref instrument.Quotes;
        var verdict = Number(rule, ref channel, source, ref flags);
        if (verdict != TickVerdict.Passed)
        {
            return Counts.Count(verdict);
        }

        Notice(ref instrument, source.ReceivedMicros);
        verdict = isTrade ? Trade(instrument.Rules, source.Tick, ref flags) : Quote(ref instrument, source, ref flags);
        if (verdict == TickVerdict.Passed)
        {
            flags |= Late(ref channel, source.SourceMicros) | instrument.Pending;
            instrument.Pending = TickFlags.None;
            tick = Finish(instrument.Rules, source, flags);
        }

        return Counts.Count(verdict);
    }

    /// <summary>The source told a state of an instrument, from which events are yet to be found.</summary>
    /// <param name="symbol">The instrument.</param>
    /// <param name="sourceMicros">Time of the state by the source's clock; 0 where it does not say.</param>
    /// <param name="receivedMicros">When it was received.</param>
    /// <returns><see cref="TickVerdict.OutOfOrder"/>, counted, for a state older than the last; else <see cref="TickVerdict.Passed"/>, not counted.</returns>
    public TickVerdict Observe(int symbol, long sourceMicros, long receivedMicros)
    {
        ref var instrument = ref _instruments[symbol];
        if (sourceMicros > 0 && sourceMicros < instrument.StateMicros)
        {
            return Counts.Count(TickVerdict.OutOfOrder);
        }

        instrument.StateMicros = sourceMicros;
        Notice(ref instrument, receivedMicros);
        return TickVerdict.Passed;
    }

    private TickVerdict Number(SequenceRule rule, ref Channel channel, in SourceTick source, ref TickFlags flags)
    {
        if (source.Sequence <= 0 || rule == SequenceRule.None)
        {
            flags |= source.IsGapFinal ? TickFlags.AfterGap : TickFlags.None;
            return TickVerdict.Passed;
        }

        if (source.Sequence <= channel.Sequence)
        {
            // Each number of a contiguous sequence was passed on or given up: a lower one says nothing new.
            return source.Sequence == channel.Sequence || rule == SequenceRule.Contiguous ? TickVerdict.Duplicate : TickVerdict.OutOfOrder;
        }

        var missing = rule == SequenceRule.Contiguous && channel.Sequence > 0 ? source.Sequence - channel.Sequence - 1 : 0;
        if (missing > 0)
        {
            if (!source.IsGapFinal)
            {
                return TickVerdict.Gap;
            }

            flags |= TickFlags.AfterGap;
            Counts.CountMissing(missing);
        }

        channel.Sequence = source.Sequence;
        return TickVerdict.Passed;
    }

    // The flag waits for the next tick: what ends a silence need not become one.
    private static void Notice(ref Instrument instrument, long received)
    {
        var limit = instrument.Rules.SilenceMicros;
        if (limit > 0 && instrument.ReceivedMicros > 0 && received - instrument.ReceivedMicros > limit)
        {
            instrument.Pending = TickFlags.AfterSilence;
        }

        instrument.ReceivedMicros = Math.Max(instrument.ReceivedMicros, received);
    }

    private static TickFlags Late(ref Channel channel, long sourceMicros)
    {
        if (sourceMicros > 0 && sourceMicros < channel.SourceMicros)
        {
            return TickFlags.OutOfOrder;
        }

        channel.SourceMicros = Math.Max(channel.SourceMicros, sourceMicros);
        return TickFlags.None;
    }

    private static TickVerdict Trade(InstrumentRules rules, in MarketTick tick, ref TickFlags flags)
    {
        if (tick.Price.Nanos <= 0)
        {
            return TickVerdict.Unpriced;
        }

        flags |= Relation(tick) | Fit(rules, tick.Price);
        return TickVerdict.Passed;
    }

    private static TickVerdict Quote(ref Instrument instrument, in SourceTick source, ref TickFlags flags)
    {
        var tick = source.Tick;
        if (tick.Bid.Nanos <= 0 || tick.Ask.Nanos <= 0)
        {
            return tick.Bid.Nanos <= 0 && tick.Ask.Nanos <= 0 ? TickVerdict.Unpriced : TickVerdict.OneSided;
        }

        var top = new Top(tick.Bid, tick.BidSize, tick.Ask, tick.AskSize);
        if (source.Sequence <= 0 && top == instrument.Top)
        {
            return TickVerdict.Duplicate;
        }

        instrument.Top = top;
        flags |= Relation(tick) | Fit(instrument.Rules, tick.Bid) | Fit(instrument.Rules, tick.Ask);
        return (flags & TickFlags.Crossed) == 0 || instrument.Rules.PassesCrossed ? TickVerdict.Passed : TickVerdict.Crossed;
    }

    /// <summary>Whether the bid equals or passes the ask.</summary>
    internal static TickFlags Relation(in MarketTick tick)
    {
        if (tick.Bid.Nanos <= 0 || tick.Ask.Nanos <= 0 || tick.Bid < tick.Ask)
        {
            return TickFlags.None;
        }

        return tick.Bid == tick.Ask ? TickFlags.Locked : TickFlags.Crossed;
    }

    private static TickFlags Fit(InstrumentRules rules, Price price)
    {
        var isOutside = (rules.LowerBand.Nanos > 0 && price < rules.LowerBand) || (rules.UpperBand.Nanos > 0 && price > rules.UpperBand);
        var isOff = rules.TickSize.Nanos > 0 && price.Nanos % rules.TickSize.Nanos != 0;
        return (isOutside ? TickFlags.OutsideBand : TickFlags.None) | (isOff ? TickFlags.OffTick : TickFlags.None);
    }

    private MarketTick Finish(InstrumentRules rules, in SourceTick source, TickFlags flags)
    {
        var isBelieved = usesSourceTime && source.SourceMicros > 0 && source.SourceMicros - source.ReceivedMicros <= maxAheadMicros;
        var time = isBelieved ? source.SourceMicros : source.ReceivedMicros;
        if (time < _last)
        {
            Counts.CountLifted();
            time = _last;
        }

        _last = time;
        Counts.Count(flags);

        // A trade may carry the book that it met; a crossed one would make fills that nobody gets.
        var isHidden = (flags & TickFlags.Crossed) != 0 && !rules.PassesCrossed;
        return source.Tick with
        {
            TimeMicros = time,
            Flags = flags,
            Bid = isHidden ? default : source.Tick.Bid,
            BidSize = isHidden ? default : source.Tick.BidSize,
            Ask = isHidden ? default : source.Tick.Ask,
            AskSize = isHidden ? default : source.Tick.AskSize,
        };
    }

    private struct Instrument
    {
        public InstrumentRules Rules;
        public Channel Trades;
        public Channel Quotes;
        public Top Top;
        public long ReceivedMicros;
        public long StateMicros;
        public TickFlags Pending;
    }

    private struct Channel
    {
        public long Sequence;
        public long SourceMicros;
    }

    private readonly record struct Top(Price Bid, Quantity BidSize, Price Ask, Quantity AskSize);
}
