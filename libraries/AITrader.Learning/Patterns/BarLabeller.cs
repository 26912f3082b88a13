using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Bars;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;
using AITrader.Signals.Patterns;
using AITrader.Signals.Patterns.Models;

namespace AITrader.Learning.Patterns;

/// <summary>Makes bars of the ticks of one instrument, each with the class of the patterns that the detectors found as it closed.</summary>
/// <remarks>Detectors and bars are those of the pattern engine, so that a model learns of what it will see.</remarks>
public sealed class BarLabeller
{
    private readonly string _symbol;
    private readonly int _seconds;
    private readonly SymbolPatterns _patterns;
    private readonly BarTail _tail;
    private readonly Detection[] _found;
    private readonly double[] _bar = new double[BarTail.Channels];
    private readonly List<DateTimeOffset> _times = [];
    private readonly List<double>[] _columns =
    [
        [],
        [],
        [],
        [],
        [],
    ];
    private readonly List<int> _classes = [];

    /// <summary>A labeller that has seen nothing.</summary>
    /// <param name="symbol">The instrument.</param>
    /// <param name="seconds">Length of a bar.</param>
    public BarLabeller(string symbol, int seconds)
    {
        (_symbol, _seconds) = (symbol, seconds);
        _tail = new BarTail(1, seconds);
        _patterns = new SymbolPatterns(ParametersOf(seconds));
        _found = new Detection[_patterns.Catalogue.Count];
    }

    /// <summary>Bars so far.</summary>
    public int Count => _times.Count;

    /// <summary>Takes the next trade.</summary>
    public void Add(DateTimeOffset time, Price price, Quantity size) =>
        Add(
            new PackedTick
            {
                TimeMicros = EventTime.ToMicros(time),
                Symbol = 0,
                Kind = TickKind.Trade,
                Price = price,
                Size = size,
            }
        );

    /// <summary>Takes the next tick.</summary>
    public void Add(in PackedTick tick)
    {
        var count = _patterns.Apply(tick, _found);
        if (!_tail.Update(tick))
        {
            return;
        }

        _tail.CopyTo(_bar);
        for (var i = 0; i < _bar.Length; i++)
        {
            _columns[i].Add(_bar[i]);
        }

        _times.Add(EventTime.FromMicros(tick.TimeMicros));
        _classes.Add(PatternClasses.Of(_patterns.Catalogue, _found.AsSpan(0, count)));
    }

    /// <summary>The bars.</summary>
    public LabelledBars ToBars() =>
        new(
            $"{_symbol}, bars of {_seconds} s",
            [.. _times],
            [.. _columns[0]],
            [.. _columns[1]],
            [.. _columns[2]],
            [.. _columns[3]],
            [.. _columns[4]],
            [.. _classes]
        );

    // Every pattern of bars that points somewhere, each time it is there.
    private static PatternParameters ParametersOf(int seconds)
    {
        var catalogue = PatternCatalogue.BuiltIn;
        var labels = PatternSelection.Where(catalogue, static pattern => pattern.Input == PatternInput.Bar && !pattern.IsNeutral);
        return catalogue
            .All.Where(pattern => labels.Contains(pattern.Index))
            .Aggregate(PatternParameters.Default with { BarSeconds = seconds, Enabled = labels }, static (known, pattern) =>
                known.With(pattern.Index, PatternParameter.Cooldown, 0)
            );
    }
}
