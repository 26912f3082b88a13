using System.Globalization;

namespace AITrader.Messaging;

/// <summary>Place of an entry in its stream; Redis ids only grow, so what lies at or before the last handled one was handled.</summary>
/// <param name="Partition">Partition of the stream; empty where there is one only.</param>
/// <param name="Millis">When it was stored, by the bus's clock: milliseconds since 1970 UTC.</param>
/// <param name="Ordinal">Number among the entries of that millisecond.</param>
public readonly record struct EntryPlace(string Partition, long Millis, long Ordinal) : IComparable<EntryPlace>
{
    /// <summary>When the entry was stored, by the bus's clock.</summary>
    public DateTimeOffset StoredAt => DateTimeOffset.FromUnixTimeMilliseconds(Millis);

    /// <summary>Reads <c>1700000000000-3</c>, or <c>1700000000000-3@partition</c>.</summary>
    /// <exception cref="FormatException">It is no id.</exception>
    public static EntryPlace Parse(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var at = id.IndexOf('@', StringComparison.Ordinal);
        var bare = at < 0 ? id.AsSpan() : id.AsSpan(0, at);
        var dash = bare.IndexOf('-');
        return new EntryPlace(
            at < 0 ? string.Empty : id[(at + 1)..],
            long.Parse(bare[..dash], CultureInfo.InvariantCulture),
            long.Parse(bare[(dash + 1)..], CultureInfo.InvariantCulture)
        );
    }

    /// <inheritdoc/>
    public int CompareTo(EntryPlace other) => Millis != other.Millis ? Millis.CompareTo(other.Millis) : Ordinal.CompareTo(other.Ordinal);

    /// <summary>Orders places.</summary>
    public static bool operator <(EntryPlace left, EntryPlace right) => left.CompareTo(right) < 0;

    /// <summary>Orders places.</summary>
    public static bool operator <=(EntryPlace left, EntryPlace right) => left.CompareTo(right) <= 0;

    /// <summary>Orders places.</summary>
    public static bool operator >(EntryPlace left, EntryPlace right) => left.CompareTo(right) > 0;

    /// <summary>Orders places.</summary>
    public static bool operator >=(EntryPlace left, EntryPlace right) => left.CompareTo(right) >= 0;
}
