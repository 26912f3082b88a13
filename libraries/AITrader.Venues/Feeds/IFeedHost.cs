using AITrader.Domain.Ticks;

namespace AITrader.Venues.Feeds;

/// <summary>What a venue's feed is given by the service that hosts it.</summary>
public interface IFeedHost
{
    /// <summary>Judges events and makes ticks of them.</summary>
    ITickIntake Ticks { get; }

    /// <summary>Keeps what is known of the feed's connections, instruments and faults.</summary>
    IFeedHealth Health { get; }

    /// <summary>Takes order books.</summary>
    IOrderBookSink Books { get; }

    /// <summary>A connection on which nothing at all is received for so long is made anew.</summary>
    TimeSpan SilenceLimit { get; }

    /// <summary>Publishes ticks and takes them out of the list. Waits while there is no room for them: the feed is to read no further
    /// meanwhile.</summary>
    ValueTask PublishAsync(List<Tick> ticks, CancellationToken ct);

    /// <summary>The newest recorded tick of each symbol that has one, or trade where <paramref name="needsTrade"/>; empty where that
    /// cannot be known now.</summary>
    Task<IReadOnlyDictionary<string, RecordedTick>> FindNewestAsync(
        IReadOnlyCollection<string> symbols,
        bool needsTrade,
        CancellationToken ct
    );
}

/// <summary>The newest tick of an instrument that an earlier process recorded.</summary>
/// <param name="Timestamp">Its event time.</param>
/// <param name="TradeId">The venue's number of the trade; null where it has none.</param>
public readonly record struct RecordedTick(DateTimeOffset Timestamp, long? TradeId);
