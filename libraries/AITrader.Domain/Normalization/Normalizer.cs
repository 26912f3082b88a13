using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;

namespace AITrader.Domain.Normalization;

/// <summary>Makes one stream of ticks of what a source tells: nothing twice, nothing older after newer, nothing without a price; what is
/// odd is flagged. For one thread.</summary>
/// <remarks>
/// Allocates nothing per event. Every drop and every flag is counted in <see cref="Counts"/>. The rules, in this order:
/// <list type="number">
/// <item>Numbered events: one seen before is a <see cref="TickVerdict.Duplicate"/>; of quotes a lower number is
/// <see cref="TickVerdict.OutOfOrder"/>; a hole in contiguous
/// numbers is a <see cref="TickVerdict.Gap"/>, and the event is to be offered again after those of the hole, or with
/// <see cref="SourceTick.IsGapFinal"/>. Numbers that begin again are noticed by a
/// run of them, or by the first one of a new connection, and flagged.</item>
/// <item>Unnumbered quotes: an unchanged top is a <see cref="TickVerdict.Duplicate"/>. Unnumbered trades all pass, as two equal ones may
/// both have happened.</item>
/// <item>No price, one side only, crossed: dropped. Their number counts as seen.</item>
/// <item>An event whose source time lies before that of its kind before is passed on flagged. Event time is the receive time, or the
/// source's where that is chosen and given;
/// it never goes back over all instruments of the normalizer: an earlier one is lifted to the last.</item>
/// </list>
/// </remarks>
/// <param name="usesSourceTime">Whether the source's time is the event time where there is one.</param>
/// <param name="maxAheadMicros">A source time so far ahead of the receive time is refused and counted: the event is judged as one that
/// tells none.</param>
public sealed class Normalizer(bool usesSourceTime = false, long maxAheadMicros = 5 * EventTime.MicrosPerSecond)
{
    private static readonly InstrumentRules NoRules = new();

    private InstrumentState[] _instruments = [];
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

    /// <summary>Events of an instrument come on another connection from now on: neither times nor numbers of quotes need go on where they
    /// were. Numbers of trades do, as a gap between two connections can be filled.</summary>
    public void StartConnection(int symbol)
    {
        ref var instrument = ref _instruments[symbol];
        instrument.Trades.StartConnection();
        instrument.Quotes.StartConnection();
        instrument.StateMicros = 0;
    }

    /// <summary>Number of the newest trade seen; 0 before the first.</summary>
    public long LastTrade(int symbol) => _instruments[symbol].Trades.Sequence;

    /// <summary>Number of the newest quote seen; 0 before the first.</summary>
    public long LastQuote(int symbol) => _instruments[symbol].Quotes.Sequence;

    /// <summary>Time of the newest trade by the source's clock, as far as it is believed; 0 before the first.</summary>
    public long LastTradeMicros(int symbol) => _instruments[symbol].Trades.NewestMicros;

    /// <summary>Counts all trades up to a number as seen: those that somebody passed on before.</summary>
    /// <param name="symbol">The instrument.</param>
    /// <param name="trade">The number; a lower one than that of the newest trade changes nothing.</param>
    /// <param name="micros">When it was.</param>
    public void Resume(int symbol, long trade, long micros = 0) =>
        _instruments[symbol].Trades.Know(Math.Max(LastTrade(symbol), trade), micros);

    /// <summary>The source numbers its trades anew and has come to this one: what lies before it is not known, which the next tick
    /// says.</summary>
    public void RestartTrades(int symbol, long trade)
    {
        ref var instrument = ref _instruments[symbol];
        instrument.Trades.Know(trade, 0);
        CountRestart(ref instrument);
    }

    /// <summary>A source's time, or 0 where it lies too far ahead of the receive time.</summary>
    public long Believe(long sourceMicros, long receivedMicros) => sourceMicros - receivedMicros <= maxAheadMicros ? sourceMicros : 0;

    /// <summary>Judges an event.</summary>
    /// <param name="source">The event; its symbol must be defined.</param>
    /// <param name="tick">The tick where the verdict is <see cref="TickVerdict.Passed"/>.</param>
    public TickVerdict Normalize(in SourceTick source, out PackedTick tick)
    {
        tick = default;
        ref var instrument = ref _instruments[source.Tick.Symbol];
        var flags = source.IsFill ? TickFlags.Filled : TickFlags.None;
        var isTrade = source.Tick.Kind == TickKind.Trade;
        var rule = isTrade ? instrument.Rules.Trades : instrument.Rules.Quotes;
        ref var seen = ref isTrade ? ref instrument.Trades : ref instrument.Quotes;
        var believed = Judge(source.SourceMicros, source.ReceivedMicros);
        var verdict = Number(rule, ref instrument, ref seen, source, believed, ref flags);
        if (verdict != TickVerdict.Passed)
        {
            return Counts.Count(verdict);
        }

        Notice(ref instrument, source.ReceivedMicros);
        verdict = isTrade ? Trade(instrument.Rules, source.Tick, ref flags) : Quote(ref instrument, source, ref flags);
        if (verdict == TickVerdict.Passed)
        {
            flags |= (seen.TakeTime(believed) ? TickFlags.None : TickFlags.OutOfOrder) | instrument.Pending;
            instrument.Pending = TickFlags.None;
            tick = Finish(instrument.Rules, source, believed, flags);
        }

        return Counts.Count(verdict);
    }

    /// <summary>Judges a state of an instrument, from which events are yet to be found.</summary>
    /// <param name="symbol">The instrument.</param>
    /// <param name="sourceMicros">Time of the state by the source's clock; 0 where it does not say.</param>
    /// <param name="receivedMicros">When it was received.</param>
    /// <returns><see cref="TickVerdict.OutOfOrder"/>, counted, for a state older than the last; else <see cref="TickVerdict.Passed"/>, not
    /// counted.</returns>
    public TickVerdict Observe(int symbol, long sourceMicros, long receivedMicros)
    {
        ref var instrument = ref _instruments[symbol];
        var believed = Judge(sourceMicros, receivedMicros);
        if (believed > 0 && believed < instrument.StateMicros)
        {
            return Counts.Count(TickVerdict.OutOfOrder);
        }

        instrument.StateMicros = Math.Max(instrument.StateMicros, believed);
        Notice(ref instrument, receivedMicros);
        return TickVerdict.Passed;
    }

    private TickVerdict Number(
        SequenceRule rule,
        ref InstrumentState instrument,
        ref SeenEvents seen,
        in SourceTick source,
        long believed,
        ref TickFlags flags
    )
    {
        if (source.Sequence <= 0 || rule == SequenceRule.None)
        {
            flags |= source.IsGapFinal ? TickFlags.AfterGap : TickFlags.None;
            return TickVerdict.Passed;
        }

        if (source.Sequence <= seen.Sequence)
        {
            if (!seen.BeginsAgain(rule, source, believed))
            {
                // Each number of a contiguous sequence was passed on or given up: a lower one says nothing new.
                return source.Sequence == seen.Sequence || rule == SequenceRule.Contiguous ? TickVerdict.Duplicate : TickVerdict.OutOfOrder;
            }

            CountRestart(ref instrument);
        }

        return TakeNumber(rule, ref seen, source, ref flags);
    }

    private TickVerdict TakeNumber(SequenceRule rule, ref SeenEvents seen, in SourceTick source, ref TickFlags flags)
    {
        var missing = rule == SequenceRule.Contiguous && seen.IsKnown ? source.Sequence - seen.Sequence - 1 : 0;
        if (missing > 0)
        {
            if (!source.IsGapFinal)
            {
                return TickVerdict.Gap;
            }

            flags |= TickFlags.AfterGap;
            Counts.CountMissing(missing);
        }

        seen.Take(source.Sequence);
        return TickVerdict.Passed;
    }

    private void CountRestart(ref InstrumentState instrument)
    {
        instrument.Pending |= TickFlags.AfterGap;
        Counts.CountRestart();
    }

    private long Judge(long sourceMicros, long receivedMicros)
    {
        var believed = Believe(sourceMicros, receivedMicros);
        if (believed != sourceMicros)
        {
            Counts.CountImplausible();
        }

        return believed;
    }

    // The flag waits for the next tick: what ends a silence need not become one.
    private static void Notice(ref InstrumentState instrument, long received)
    {
        var limit = instrument.Rules.SilenceMicros;
        if (limit > 0 && instrument.ReceivedMicros > 0 && received - instrument.ReceivedMicros > limit)
        {
            instrument.Pending |= TickFlags.AfterSilence;
        }

        instrument.ReceivedMicros = Math.Max(instrument.ReceivedMicros, received);
    }

    private static TickVerdict Trade(InstrumentRules rules, in PackedTick tick, ref TickFlags flags)
    {
        if (tick.Price.Nanos <= 0)
        {
            return TickVerdict.Unpriced;
        }

        flags |= Relation(tick) | Fit(rules, tick.Price);
        return TickVerdict.Passed;
    }

    private static TickVerdict Quote(ref InstrumentState instrument, in SourceTick source, ref TickFlags flags)
    {
        var tick = source.Tick;
        if (tick.Bid.Nanos <= 0 || tick.Ask.Nanos <= 0)
        {
            return tick.Bid.Nanos <= 0 && tick.Ask.Nanos <= 0 ? TickVerdict.Unpriced : TickVerdict.OneSided;
        }

        var top = new QuotedTop(tick.Bid, tick.BidSize, tick.Ask, tick.AskSize);
        if (source.Sequence <= 0 && top == instrument.Top)
        {
            return TickVerdict.Duplicate;
        }

        instrument.Top = top;
        flags |= Relation(tick) | Fit(instrument.Rules, tick.Bid) | Fit(instrument.Rules, tick.Ask);
        return (flags & TickFlags.Crossed) == 0 || instrument.Rules.PassesCrossed ? TickVerdict.Passed : TickVerdict.Crossed;
    }

    /// <summary>Whether the bid equals or passes the ask.</summary>
    public static TickFlags Relation(in PackedTick tick)
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

    private PackedTick Finish(InstrumentRules rules, in SourceTick source, long believed, TickFlags flags)
    {
        var time = usesSourceTime && believed > 0 ? believed : source.ReceivedMicros;
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
}
