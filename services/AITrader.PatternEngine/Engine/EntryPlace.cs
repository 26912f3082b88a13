using System.Globalization;

namespace AITrader.PatternEngine.Engine;

/// <summary>Place of an entry in its stream; Redis ids only grow, so what lies at or before the last handled one was handled.</summary>
internal readonly record struct EntryPlace(string Partition, long Millis, long Ordinal) : IComparable<EntryPlace>
{
    /// <summary>Reads <c>1700000000000-3</c>, or <c>1700000000000-3@partition</c>.</summary>
    public static EntryPlace Parse(string id)
    {
        var at = id.IndexOf('@', StringComparison.Ordinal);
        var bare = at < 0 ? id.AsSpan() : id.AsSpan(0, at);
        var dash = bare.IndexOf('-');
        return new EntryPlace(
            at < 0 ? string.Empty : id[(at + 1)..],
            long.Parse(bare[..dash], CultureInfo.InvariantCulture),
            long.Parse(bare[(dash + 1)..], CultureInfo.InvariantCulture)
        );
    }

    public int CompareTo(EntryPlace other) => Millis != other.Millis ? Millis.CompareTo(other.Millis) : Ordinal.CompareTo(other.Ordinal);
}

/// <summary>How far one partition was handled.</summary>
/// <param name="Place">Last entry.</param>
/// <param name="Seq">Its tick's sequence.</param>
internal readonly record struct Progress(EntryPlace Place, long Seq);
