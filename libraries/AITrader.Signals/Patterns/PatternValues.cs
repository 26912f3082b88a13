using AITrader.Domain.Time;

namespace AITrader.Signals.Patterns;

/// <summary>The values of one pattern, by name. For set-up: a detector copies what it needs.</summary>
internal readonly ref struct PatternValues(PatternDefinition definition, ReadOnlySpan<double> values, int barSeconds)
{
    private readonly ReadOnlySpan<double> _values = values;

    internal int Pattern => definition.Index;

    internal double this[string name] =>
        definition.Find(name) is >= 0 and var place
            ? _values[place]
            : throw new ArgumentException($"{definition.Name} has no {name}.", nameof(name));

    internal TimeSpan Cooldown => TimeSpan.FromSeconds(this[PatternParameter.Cooldown]);

    /// <summary>Event time, in seconds, that a signal speaks of.</summary>
    internal double HorizonSeconds => this[PatternParameter.Horizon] * (definition.Input == PatternInput.Bar ? barSeconds : 1);

    internal int Count(string name) => (int)this[name];

    /// <summary>A duration, in microseconds.</summary>
    internal long Micros(string name) => (long)(this[name] * EventTime.MicrosPerSecond);
}
