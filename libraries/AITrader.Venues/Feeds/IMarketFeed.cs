namespace AITrader.Venues.Feeds;

/// <summary>A venue's live feed. It tells its <see cref="IFeedHost"/> what comes: ticks, depth, gaps, instruments and the state of its
/// connections. Instruments are the numbers that <see cref="ITickIntake.Define"/> gives.</summary>
public interface IMarketFeed
{
    /// <summary>Learns what is to be known before the first connection, such as a session, the instruments, and where the recording
    /// ended. Called again before each <see cref="RunAsync"/>.</summary>
    /// <exception cref="Exception">It must begin again later, as where the venue refuses a login.</exception>
    Task OpenAsync(CancellationToken ct);

    /// <summary>Follows until cancelled, and connects again whenever a connection ends.</summary>
    /// <exception cref="Exception">It must begin again with <see cref="OpenAsync"/>, as where a session is over.</exception>
    Task RunAsync(CancellationToken ct);

    /// <summary>Subscribes silent instruments again on the connections that are open.</summary>
    Task ResubscribeAsync(IReadOnlyList<int> instruments, CancellationToken ct);

    /// <summary>Makes the connections of silent instruments anew.</summary>
    void Reconnect(IReadOnlyList<int> instruments, string reason);
}
