using AITrader.Contracts;
using AITrader.Domain.Instruments;
using AITrader.Domain.Normalization;
using AITrader.Domain.Ticks;
using AITrader.MarketData.Diagnostics;
using AITrader.Venues.Feeds;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Live;

/// <summary>What every feed's events pass: the normaliser, then numbers of our own; each drop and each flag is counted. One caller at
/// a time.</summary>
internal sealed class TickIntake(
    VenueDefinition venue,
    LiveSequence sequence,
    FeedState state,
    FeedMetrics metrics,
    IOptions<FeedOptions> options,
    ILogger<TickIntake> logger
) : ITickIntake
{
    private readonly Normalizer _normalizer = new();
    private readonly List<InstrumentTally> _tallies = [];

    public SymbolTable Symbols { get; } = new();

    /// <summary>Makes an instrument known, or changes its rules.</summary>
    public int Define(string name, InstrumentRules rules)
    {
        var symbol = Symbols.Intern(name);
        _normalizer.Define(
            symbol,
            rules with
            {
                SilenceMicros = options.Value.LimitOf(name).Ticks / TimeSpan.TicksPerMicrosecond,
                PassesCrossed = options.Value.PassCrossed,
            }
        );
        if (symbol == _tallies.Count)
        {
            _tallies.Add(new InstrumentTally(name));
            state.Add(_tallies[symbol]);
        }

        return symbol;
    }

    /// <summary>Number of the newest trade seen; 0 before the first.</summary>
    public long LastTrade(int symbol) => _normalizer.LastTrade(symbol);

    /// <summary>Time of the newest trade by the source's clock; 0 before the first.</summary>
    public long LastTradeMicros(int symbol) => _normalizer.LastTradeMicros(symbol);

    /// <summary>Goes on after a trade of an earlier process: what lies between it and the next one is missing.</summary>
    public void ContinueAfter(int symbol, long trade, long micros) => _normalizer.Resume(symbol, trade, micros);

    /// <summary>Events of an instrument come on another connection from now on.</summary>
    public void StartConnection(int symbol) => _normalizer.StartConnection(symbol);

    /// <summary>The source numbers its trades anew, and this is the newest.</summary>
    public void RestartTrades(int symbol, long trade)
    {
        var before = LastTrade(symbol);
        _normalizer.RestartTrades(symbol, trade);
        CountRestart(symbol, before, trade);
    }

    /// <summary>A source's time, or 0 where it cannot be true.</summary>
    public long Believe(long sourceMicros, long receivedMicros) => _normalizer.Believe(sourceMicros, receivedMicros);

    /// <summary>Judges an event and appends its tick.</summary>
    /// <returns>The verdict; a gap is the feed's to fill, all else is counted.</returns>
    public TickVerdict Take(in SourceTick received, List<Tick> ticks)
    {
        var missing = _normalizer.Counts.Missing;
        var lifted = _normalizer.Counts.Lifted;
        var restarts = _normalizer.Counts.Restarts;
        var symbol = received.Tick.Symbol;
        var newest = received.Tick.Kind == TickKind.Trade ? _normalizer.LastTrade(symbol) : _normalizer.LastQuote(symbol);
        CountImplausible(symbol, received.SourceMicros, received.ReceivedMicros);
        var verdict = _normalizer.Normalize(received, out var tick);
        if (_normalizer.Counts.Restarts > restarts)
        {
            CountRestart(symbol, newest, received.Sequence);
        }

        if (verdict == TickVerdict.Passed)
        {
            ticks.Add(
                TickMessages.Create(
                    tick,
                    Symbols[symbol],
                    venue.Name,
                    string.Empty,
                    sequence.Next(),
                    received.ReceivedMicros,
                    received.Sequence
                )
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
            metrics.Gap(venue.Name);
            return;
        }

        tally.Dropped[verdict] = tally.Dropped.GetValueOrDefault(verdict) + 1;
        metrics.Dropped(venue.Name, verdict);
    }

    private void CountImplausible(int symbol, long sourceMicros, long receivedMicros)
    {
        if (Believe(sourceMicros, receivedMicros) != sourceMicros)
        {
            _tallies[symbol].Implausible++;
            metrics.Implausible(venue.Name, 1);
        }
    }

    private void CountRestart(int symbol, long before, long now)
    {
        _tallies[symbol].Restarts++;
        metrics.Restarted(venue.Name);
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
            metrics.Missing(venue.Name, missing);
            metrics.Lifted(venue.Name, lifted);
        }

        for (var rest = (int)tick.Flags; rest != 0; rest &= rest - 1)
        {
            var flag = (Domain.Ticks.TickFlags)(rest & -rest);
            tally.Flagged[flag] = tally.Flagged.GetValueOrDefault(flag) + 1;
            metrics.Flagged(venue.Name, flag);
        }
    }
}
