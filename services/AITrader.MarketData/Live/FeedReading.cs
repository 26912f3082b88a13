using System.Collections.Immutable;
using System.Globalization;

namespace AITrader.MarketData.Live;

/// <summary>A moment of the feed.</summary>
internal sealed record FeedReading
{
    public const string NoLineYet = "not connected yet";

    /// <summary>A replay runs.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Lines that the feed has, open or not.</summary>
    public int Lines { get; init; } = 1;

    /// <summary>Lines that do not stand, and why.</summary>
    public ImmutableSortedDictionary<int, string> Down { get; init; } = AllDown(1, NoLineYet);

    /// <summary>Every line stands.</summary>
    public bool IsConnected => Down.IsEmpty;

    /// <summary>Some line stands.</summary>
    public bool IsAnyConnected => Down.Count < Lines;

    /// <summary>Why a line does not stand; null where all do.</summary>
    public string? Reason =>
        Down.IsEmpty ? null
        : Lines == 1 ? Down.Values.First()
        : Describe();

    /// <summary>Lines made so far.</summary>
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

    /// <summary>So many lines, none of which stands.</summary>
    public static ImmutableSortedDictionary<int, string> AllDown(int lines, string reason) =>
        Enumerable.Range(1, lines).ToImmutableSortedDictionary(static line => line, _ => reason);

    private string Describe()
    {
        var (line, reason) = Down.First();
        var others = Down.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $", and {Down.Count - 1} more") : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"line {line} of {Lines}: {reason}{others}");
    }
}
