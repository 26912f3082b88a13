using AITrader.Domain.Time;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns;

/// <summary>A value for every parameter of every pattern. Never changes; equal where all values are.</summary>
internal sealed class PatternTable : IEquatable<PatternTable>
{
    private readonly double[][] _values;

    private PatternTable(double[][] values) => _values = values;

    internal static PatternTable Default { get; } =
        new([.. PatternCatalogue.All.Select(static pattern => pattern.Parameters.Select(static parameter => parameter.Default).ToArray())]);

    internal ReadOnlySpan<double> this[int pattern] => _values[pattern];

    public bool Equals(PatternTable? other) =>
        other is not null && _values.Zip(other._values).All(static pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    public override bool Equals(object? obj) => Equals(obj as PatternTable);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in _values.SelectMany(static own => own))
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    internal PatternTable With(int pattern, int parameter, double value)
    {
        var values = (double[][])_values.Clone();
        values[pattern] = (double[])values[pattern].Clone();
        values[pattern][parameter] = value;
        return new PatternTable(values);
    }

    internal void Save(StateWriter writer, PatternSelection selection)
    {
        for (var pattern = 0; pattern < _values.Length; pattern++)
        {
            foreach (var value in selection.Contains(pattern) ? _values[pattern] : [])
            {
                writer.Write(value);
            }
        }
    }
}

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
