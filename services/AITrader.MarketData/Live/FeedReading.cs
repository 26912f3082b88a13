using System.Collections.Immutable;
using System.Globalization;

namespace AITrader.MarketData.Live;

/// <summary>A moment of the feed.</summary>
internal sealed record FeedReading
{
    public const string NotYet = "not connected yet";

    /// <summary>Connections that the feed has, open or not.</summary>
    public int Expected { get; init; } = 1;

    /// <summary>Connections that are not open, and why.</summary>
    public ImmutableSortedDictionary<int, string> Down { get; init; } = AllDown(1, NotYet);

    /// <summary>Every connection is open.</summary>
    public bool IsConnected => Down.IsEmpty;

    /// <summary>Some connection is open.</summary>
    public bool IsAnyConnected => Down.Count < Expected;

    /// <summary>Why a connection is not open; null where all are.</summary>
    public string? Reason =>
        Down.IsEmpty ? null
        : Expected == 1 ? Down.Values.First()
        : Describe();

    /// <summary>Connections opened so far.</summary>
    public long Connections { get; init; }

    /// <summary>Messages that made no sense.</summary>
    public long Garbage { get; init; }

    /// <summary>Since when the source is not read; null while it is.</summary>
    public DateTimeOffset? HeldBackSince { get; init; }

    /// <summary>Since when the bus takes nothing; null while it does.</summary>
    public DateTimeOffset? BusAwaySince { get; init; }

    /// <summary>When it was last read again.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>How often it was not read.</summary>
    public long HeldBack { get; init; }

    /// <summary>Instruments that are stale.</summary>
    public IReadOnlyList<SilentName> Silent { get; init; } = [];

    /// <summary>What is left out of the feed, by what it is about.</summary>
    public ImmutableSortedDictionary<string, string> Notices { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>So many connections, none of which is open.</summary>
    public static ImmutableSortedDictionary<int, string> AllDown(int connections, string reason) =>
        Enumerable.Range(1, connections).ToImmutableSortedDictionary(static connection => connection, _ => reason);

    private string Describe()
    {
        var (connection, reason) = Down.First();
        var others = Down.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $", and {Down.Count - 1} more") : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"connection {connection} of {Expected}: {reason}{others}");
    }
}
