using System.Globalization;
using AITrader.Domain.Bars;
using AITrader.Domain.Instruments;
using AITrader.Domain.Ticks;

namespace AITrader.Formats.Coverage;

/// <summary>What one file holds, by symbol. For one thread.</summary>
public sealed class FileCoverage
{
    /// <summary>What a series of ticks is called.</summary>
    public const string Ticks = "ticks";

    // Days have 23 or 25 hours where clocks change.
    private static readonly TimeSpan ShortestDay = TimeSpan.FromHours(23);

    private readonly Dictionary<(int Symbol, BarKind Kind, TimeSpan Length), SeriesCoverage> _bars = [];
    private readonly Dictionary<int, SeriesCoverage> _ticks = [];

    /// <summary>The series.</summary>
    public IEnumerable<SeriesCoverage> Series => _bars.Values.Concat(_ticks.Values);

    /// <summary>What a series of bars is called: <c>bars-1m</c> of trades, <c>quotes-1m</c> of quotes.</summary>
    public static string KindOf(BarKind kind, TimeSpan length) =>
        string.Create(CultureInfo.InvariantCulture, $"{(kind == BarKind.Trade ? "bars" : "quotes")}-{TextOf(length)}");

    internal void Add(in Bar bar, SymbolTable symbols)
    {
        var length = TimeSpan.FromMicroseconds(bar.EndMicros - bar.StartMicros);
        length = length >= ShortestDay ? TimeSpan.FromDays(1) : length;
        var key = (bar.Symbol, bar.Kind, length);
        if (!_bars.TryGetValue(key, out var series))
        {
            _bars[key] = series = new SeriesCoverage(symbols.Names[bar.Symbol], KindOf(bar.Kind, length), length);
        }

        series.Add(bar.StartMicros, bar.EndMicros);
    }

    internal void Add(in PackedTick tick, SymbolTable symbols)
    {
        if (!_ticks.TryGetValue(tick.Symbol, out var series))
        {
            _ticks[tick.Symbol] = series = new SeriesCoverage(symbols.Names[tick.Symbol], Ticks, TimeSpan.Zero);
        }

        series.Add(tick.TimeMicros, tick.TimeMicros);
    }

    private static string TextOf(TimeSpan length)
    {
        var seconds = (long)length.TotalSeconds;
        return seconds % 86_400 == 0 ? $"{seconds / 86_400}d"
            : seconds % 3_600 == 0 ? $"{seconds / 3_600}h"
            : seconds % 60 == 0 ? $"{seconds / 60}m"
            : $"{seconds}s";
    }
}
