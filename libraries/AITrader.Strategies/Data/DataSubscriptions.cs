using AITrader.Domain.Bars;
using AITrader.Domain.Instruments;
using AITrader.Domain.Sessions;

namespace AITrader.Strategies.Data;

/// <summary>What a strategy asked to see.</summary>
public sealed class DataSubscriptions
{
    private const int DefaultHistory = 256;

    private readonly HashSet<string> _ticks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _signals = new(StringComparer.Ordinal);
    private readonly List<BarFeed> _feeds = [];
    private readonly string[] _symbols;

    private readonly Func<string, Instrument?> _terms;

    internal DataSubscriptions(IEnumerable<string> symbols, Func<string, Instrument?> terms) => (_symbols, _terms) = ([.. symbols], terms);

    /// <summary>Symbols of the run, in the order in which they were given; a strategy that trades whatever it is given asks for
    /// these.</summary>
    public IReadOnlyList<string> Symbols => _symbols;

    /// <summary>Has <see cref="Strategy.OnTick"/> called for each tick of a symbol.</summary>
    public void Ticks(string symbol) => _ticks.Add(symbol);

    /// <summary>Has <see cref="Strategy.OnSignal"/> called for each pattern that is found on a symbol.</summary>
    public void Signals(string symbol) => _signals.Add(symbol);

    /// <summary>Has <see cref="Strategy.OnBar"/> called for each bar of a symbol: of its trades, or of its quotes where
    /// it only has those.</summary>
    /// <param name="symbol">Symbol.</param>
    /// <param name="period">Length of a bar.</param>
    /// <param name="history">Bars that can be looked back at.</param>
    /// <param name="calendar">Sessions that no bar spans the end of; UTC days where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period or the history is not positive.</exception>
    public BarFeed Bars(string symbol, TimeSpan period, int history = DefaultHistory, SessionCalendar? calendar = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(history);
        var feed = new BarFeed(symbol, period, _terms(symbol) is { IsQuotedOnly: true } ? BarKind.Quote : BarKind.Trade, history, calendar);
        _feeds.Add(feed);
        return feed;
    }

    internal IReadOnlyList<BarFeed> Feeds => _feeds;

    internal IReadOnlySet<string> SignalSymbols => _signals;

    internal bool WantsTicks(string symbol) => _ticks.Contains(symbol);
}
