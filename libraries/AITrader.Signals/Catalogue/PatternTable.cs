using AITrader.Signals.State;

namespace AITrader.Signals.Catalogue;

/// <summary>A value for every parameter of every pattern. Never changes; equal where all values are.</summary>
internal sealed class PatternTable : IEquatable<PatternTable>
{
    private readonly double[][] _values;

    private PatternTable(double[][] values) => _values = values;

    internal static PatternTable DefaultOf(PatternCatalogue catalogue) =>
        new([.. catalogue.All.Select(static pattern => pattern.Parameters.Select(static parameter => parameter.Default).ToArray())]);

    internal ReadOnlySpan<double> this[int pattern] => _values[pattern];

    public bool Equals(PatternTable? other) =>
        other is not null
        && other._values.Length == _values.Length
        && _values.Zip(other._values).All(static pair => pair.First.AsSpan().SequenceEqual(pair.Second));

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
