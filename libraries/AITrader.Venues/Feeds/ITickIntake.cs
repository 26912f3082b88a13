using AITrader.Domain.Instruments;
using AITrader.Domain.Normalization;
using AITrader.Domain.Ticks;

namespace AITrader.Venues.Feeds;

/// <summary>Judges the events of a feed and makes ticks of them; each drop and each flag is counted. One caller at a time.</summary>
public interface ITickIntake
{
    /// <summary>Names of the instruments, by number.</summary>
    SymbolTable Symbols { get; }

    /// <summary>Makes an instrument known, or changes its rules; those about silence and crossed quotes are the host's.</summary>
    /// <returns>Its number: 0, 1, 2 … in the order of the first definition.</returns>
    int Define(string name, InstrumentRules rules);

    /// <summary>Number of the newest trade; 0 before the first.</summary>
    long LastTrade(int symbol);

    /// <summary>Time of the newest trade by the source's clock; 0 before the first.</summary>
    long LastTradeMicros(int symbol);

    /// <summary>Goes on after a trade of an earlier process: what lies between it and the next one is missing.</summary>
    void ContinueAfter(int symbol, long trade, long micros);

    /// <summary>Events of an instrument come on another connection from now on.</summary>
    void StartConnection(int symbol);

    /// <summary>The source numbers its trades anew, and this is the newest.</summary>
    void RestartTrades(int symbol, long trade);

    /// <summary>A source's time, or 0 where it cannot be true.</summary>
    long Believe(long sourceMicros, long receivedMicros);

    /// <summary>Judges an event and appends its tick.</summary>
    /// <returns>The verdict; a gap is the feed's to fill, all else is counted.</returns>
    TickVerdict Take(in SourceTick received, List<Tick> ticks);

    /// <summary>Whether a state of an instrument is news; an older one is counted as dropped.</summary>
    bool Observe(int symbol, long sourceMicros, long receivedMicros);

    /// <summary>Counts an event that does not go downstream; a gap is counted as found, and its event is yet to come.</summary>
    void Drop(int symbol, TickVerdict verdict);
}
