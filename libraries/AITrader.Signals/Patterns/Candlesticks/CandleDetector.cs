using AITrader.Domain.Signals;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.Candlesticks;

/// <summary>The candlestick patterns that run on one symbol. For one thread; allocates in the constructor only.</summary>
internal sealed class CandleDetector
{
    private readonly CandleWindow _window = new();
    private readonly Entry[] _entries;

    internal CandleDetector(PatternParameters parameters)
    {
        var running = parameters.Running;
        _entries =
        [
            .. PatternCatalogue
                .All.Where(definition => definition.Family == PatternFamily.Candlestick && running.Contains(definition.Index))
                .Select(definition => Entry.Of(parameters.Of(definition.Index))),
        ];
    }

    internal bool IsIdle => _entries.Length == 0;

    internal void Update(in Indicators.Bar bar, long micros, ref Detections found)
    {
        _window.Push(bar);
        foreach (ref var entry in _entries.AsSpan())
        {
            var value = entry.Rule.At(_window, entry.Penetration);
            if (value != 0 && entry.CoolDown.TryEnter(micros))
            {
                found.Add(Describe(entry, value));
            }
        }
    }

    internal void Save(StateWriter writer)
    {
        _window.Save(writer);
        foreach (ref readonly var entry in _entries.AsSpan())
        {
            entry.CoolDown.Save(writer);
        }
    }

    internal void Load(ref StateReader reader)
    {
        _window.Load(ref reader);
        foreach (ref var entry in _entries.AsSpan())
        {
            entry.CoolDown.Load(ref reader);
        }
    }

    private Detection Describe(in Entry entry, int value)
    {
        ref readonly var last = ref _window[0];
        return new Detection
        {
            Pattern = entry.Pattern,
            Direction =
                entry.Rule.IsNeutral ? SignalDirection.Neutral
                : value > 0 ? SignalDirection.Bullish
                : SignalDirection.Bearish,
            Score = Score(value, last.Range, last.MeanRange),
            HorizonSeconds = entry.HorizonSeconds,
        }.With(value, last.Open, last.High, last.Low, last.Close, last.MeanRange);
    }

    // Rolling sums may end a rounding below zero.
    private static double Score(int value, double range, double meanRange)
    {
        var usual = Math.Max(meanRange, 0.0);
        var size = range + usual > 0 ? range / (range + usual) : 0.0;
        return (0.25 * Math.Abs(value) / 100.0) + (0.5 * size);
    }

    private struct Entry
    {
        internal int Pattern;
        internal CandlePattern Rule;
        internal double Penetration;
        internal double HorizonSeconds;
        internal CoolDown CoolDown;

        internal static Entry Of(PatternValues values)
        {
            var rule = CandlePatterns.All[values.Pattern - PatternCatalogue.Candlesticks];
            return new Entry
            {
                Pattern = values.Pattern,
                Rule = rule,
                Penetration = double.IsNaN(rule.Penetration) ? 0.0 : values[CandlePattern.PenetrationName],
                HorizonSeconds = values.HorizonSeconds,
                CoolDown = new CoolDown(values.Cooldown),
            };
        }
    }
}
