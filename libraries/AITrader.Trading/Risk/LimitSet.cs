namespace AITrader.Trading.Risk;

/// <summary>A bound for some kinds of limit; null for none. Immutable.</summary>
public sealed class LimitSet : IEquatable<LimitSet>
{
    private static readonly LimitKind[] Kinds = Enum.GetValues<LimitKind>();

    private readonly decimal?[] _values;

    private LimitSet(decimal?[] values) => _values = values;

    /// <summary>No bounds.</summary>
    public static LimitSet None { get; } = new(new decimal?[Kinds.Length]);

    /// <summary>A bound; null where there is none.</summary>
    public decimal? this[LimitKind kind] => _values[(int)kind];

    /// <summary>Whether a higher value is the tighter one.</summary>
    public static bool IsFloor(LimitKind kind) => kind is LimitKind.MinQuantity or LimitKind.SquareOffMinutes;

    /// <summary>Word of a kind, as configuration and messages have it.</summary>
    public static string Name(LimitKind kind) => kind.ToString();

    /// <summary>The set with another bound of one kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not negative.</exception>
    public LimitSet With(LimitKind kind, decimal? value)
    {
        if (value is { } bound)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(bound, nameof(value));
        }

        var values = _values.ToArray();
        values[(int)kind] = value;
        return new LimitSet(values);
    }

    /// <summary>Whether any of the kinds has a bound.</summary>
    public bool HasAny(params ReadOnlySpan<LimitKind> kinds)
    {
        foreach (var kind in kinds)
        {
            if (this[kind] is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The tighter bound of each kind.</summary>
    public LimitSet Tightest(LimitSet other)
    {
        var values = new decimal?[Kinds.Length];
        foreach (var kind in Kinds)
        {
            values[(int)kind] = Tighter(kind, this[kind], other[kind]);
        }

        return new LimitSet(values);
    }

    /// <summary>Kinds that bind less in <paramref name="other"/> than here.</summary>
    public IEnumerable<LimitKind> LoosenedBy(LimitSet other) =>
        Kinds.Where(kind => this[kind] is { } mine && Tighter(kind, mine, other[kind]) != other[kind]);

    /// <summary>Each bound as name=value.</summary>
    public override string ToString() =>
        string.Join(
            ' ',
            Kinds
                .Where(kind => this[kind] is not null)
                .Select(kind => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name(kind)}={this[kind]}"))
        );

    /// <inheritdoc />
    public bool Equals(LimitSet? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as LimitSet);

    /// <inheritdoc />
    public override int GetHashCode() => Kinds.Aggregate(0, (hash, kind) => HashCode.Combine(hash, this[kind]));

    private static decimal? Tighter(LimitKind kind, decimal? left, decimal? right) =>
        left is not { } one ? right
        : right is not { } two ? left
        : IsFloor(kind) ? Math.Max(one, two)
        : Math.Min(one, two);
}
