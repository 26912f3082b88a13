using AITrader.Domain.Instruments;
using AITrader.Domain.Normalization;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.MarketData.Diagnostics;

namespace AITrader.MarketData.Feed;

/// <summary>What every feed's events go through: the normaliser, then numbers of our own; each drop and each flag is counted. One caller at
/// a time.</summary>
internal sealed class TickIntake(string source, LiveSequence sequence, FeedState state, MarketDataMetrics metrics, ILogger logger)
{
    private readonly Normalizer _normalizer = new();
    private readonly List<InstrumentTally> _tallies = [];

    public SymbolTable Symbols { get; } = new();

    /// <summary>Makes an instrument known, or changes its rules.</summary>
    public int Define(string name, InstrumentRules rules)
    {
        var symbol = Symbols.Intern(name);
        _normalizer.Define(symbol, rules);
        if (symbol == _tallies.Count)
        {
            _tallies.Add(new InstrumentTally(name));
            state.Know(_tallies[symbol]);
        }

        return symbol;
    }

    /// <summary>Number of the newest trade seen; 0 before the first.</summary>
    public long LastTrade(int symbol) => _normalizer.LastTrade(symbol);

    /// <summary>Time of the newest trade by the source's clock; 0 before the first.</summary>
    public long LastTradeMicros(int symbol) => _normalizer.LastTradeMicros(symbol);

    /// <summary>Goes on after a trade of an earlier process: what lies between it and the next one is missing.</summary>
    public void Resume(int symbol, long trade, long micros) => _normalizer.Resume(symbol, trade, micros);

    /// <summary>What comes of an instrument now comes on another line than before.</summary>
    public void StartLine(int symbol) => _normalizer.StartLine(symbol);

    /// <summary>The source numbers its trades anew, and this is the newest.</summary>
    public void BeginTradesAgain(int symbol, long trade)
    {
        var before = LastTrade(symbol);
        _normalizer.BeginTradesAgain(symbol, trade);
        CountRestart(symbol, before, trade);
    }

    /// <summary>A source's time, or 0 where it cannot be true.</summary>
    public long Believe(long sourceMicros, long receivedMicros) => _normalizer.Believe(sourceMicros, receivedMicros);

    /// <summary>Judges an event and appends its tick.</summary>
    /// <returns>The verdict; a gap is the feed's to fill, all else is counted.</returns>
    public TickVerdict Take(in SourceTick told, List<Tick> ticks)
    {
        var missing = _normalizer.Counts.Missing;
        var lifted = _normalizer.Counts.Lifted;
        var restarts = _normalizer.Counts.Restarts;
        var symbol = told.Tick.Symbol;
        var newest = told.Tick.Kind == TickKind.Trade ? _normalizer.LastTrade(symbol) : _normalizer.LastQuote(symbol);
        CountImplausible(symbol, told.SourceMicros, told.ReceivedMicros);
        var verdict = _normalizer.Normalize(told, out var tick);
        if (_normalizer.Counts.Restarts > restarts)
        {
            CountRestart(symbol, newest, told.Sequence);
        }

        if (verdict == TickVerdict.Passed)
        {
            ticks.Add(
                TickMessages.Create(tick, Symbols[symbol], source, string.Empty, sequence.Next(), told.ReceivedMicros, told.Sequence)
            );
            state.Priced();
            CountPassed(symbol, tick, _normalizer.Counts.Missing - missing, _normalizer.Counts.Lifted - lifted);
        }
        else
        {
            Drop(symbol, verdict);
        }

        return verdict;
    }

    /// <summary>Whether a state of an instrument is news; an older one is counted as dropped.</summary>
    public bool Observe(int symbol, long sourceMicros, long receivedMicros)
    {
        CountImplausible(symbol, sourceMicros, receivedMicros);
        var verdict = _normalizer.Observe(symbol, sourceMicros, receivedMicros);
        if (verdict != TickVerdict.Passed)
        {
            Drop(symbol, verdict);
        }

        return verdict == TickVerdict.Passed;
    }

    /// <summary>Counts an event that does not go downstream; a gap is counted as found, and its event is yet to come.</summary>
    public void Drop(int symbol, TickVerdict verdict)
    {
        var tally = _tallies[symbol];
        if (verdict == TickVerdict.Gap)
        {
            tally.Gaps++;
            metrics.FeedGap(source);
            return;
        }

        tally.Dropped[verdict] = tally.Dropped.GetValueOrDefault(verdict) + 1;
        metrics.FeedDropped(source, verdict);
    }

    /// <summary>Counts a message that makes no sense.</summary>
    public void CountGarbage()
    {
        state.CountGarbage();
        metrics.FeedGarbage(source);
    }

    /// <summary>A price as the hot path holds it; 0, which is unknown, where it cannot.</summary>
    public static Price PriceOf(decimal price) => Price.TryCreate(price, out var exact) ? exact : default;

    private void CountImplausible(int symbol, long sourceMicros, long receivedMicros)
    {
        if (Believe(sourceMicros, receivedMicros) != sourceMicros)
        {
            _tallies[symbol].Implausible++;
            metrics.FeedImplausible(source, 1);
        }
    }

    private void CountRestart(int symbol, long before, long now)
    {
        _tallies[symbol].Restarts++;
        metrics.FeedRestarted(source);
        logger.NumbersBeganAgain(Symbols[symbol], before, now);
    }

    private void CountPassed(int symbol, in PackedTick tick, long missing, long lifted)
    {
        var tally = _tallies[symbol];
        tally.Passed++;
        tally.Missing += missing;
        tally.Lifted += lifted;
        if (missing + lifted > 0)
        {
            metrics.FeedMissing(source, missing);
            metrics.FeedLifted(source, lifted);
        }

        for (var rest = (int)tick.Flags; rest != 0; rest &= rest - 1)
        {
            var flag = (Domain.Ticks.TickFlags)(rest & -rest);
            tally.Flagged[flag] = tally.Flagged.GetValueOrDefault(flag) + 1;
            metrics.FeedFlagged(source, flag);
        }
    }
}
