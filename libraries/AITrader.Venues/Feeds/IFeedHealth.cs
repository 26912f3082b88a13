namespace AITrader.Venues.Feeds;

/// <summary>Keeps what is known of a feed, for logs, metrics and health checks. Safe from any thread, but for
/// <see cref="Watch"/>.</summary>
public interface IFeedHealth
{
    /// <summary>The feed has so many connections, none of which is open yet.</summary>
    /// <param name="connections">How many.</param>
    /// <param name="instruments">Instruments on all of them.</param>
    /// <param name="max">Most instruments on one of them.</param>
    void Expect(int connections, int instruments, int max);

    /// <summary>A connection is open.</summary>
    /// <param name="connection">Which one, from 1.</param>
    /// <param name="instruments">Instruments on it.</param>
    void Connected(int connection, int instruments);

    /// <summary>A connection has ended.</summary>
    /// <param name="connection">Which one, from 1.</param>
    /// <param name="reason">Why.</param>
    void Disconnected(int connection, string reason);

    /// <summary>Something was received, be it a heartbeat.</summary>
    void Received();

    /// <summary>These instruments are watched for silence from now on. Only before the feed runs.</summary>
    void Watch(IReadOnlyCollection<int> instruments);

    /// <summary>There is news of an instrument.</summary>
    void Heard(int instrument);

    /// <summary>Something is left out of the feed, which an operator is to know until <see cref="Settle"/>.</summary>
    /// <param name="about">What it is about; a later notice about it replaces this one.</param>
    /// <param name="text">What is left out, and why.</param>
    void Notice(string about, string text);

    /// <summary>Nothing is left out in this any more.</summary>
    void Settle(string about);

    /// <summary>An item that cannot be used is left out while the others are used: it is counted, logged once, and a notice.</summary>
    /// <param name="reason">Why, one of <see cref="SkipReasons"/>.</param>
    /// <param name="text">What, and why: equal texts are logged once.</param>
    /// <param name="items">How many.</param>
    void Skip(string reason, string text, long items = 1);

    /// <summary>Logs what is left out, once.</summary>
    void LogOnce(string text);

    /// <summary>Counts items that are left out.</summary>
    void CountSkipped(string reason, long items = 1);

    /// <summary>Counts a message that makes no sense.</summary>
    void CountGarbage();

    /// <summary>Counts a gap in the depth of an instrument.</summary>
    void CountGap();

    /// <summary>Counts time for which a request waited, so that a limit of the venue is kept.</summary>
    void CountPaced(TimeSpan time);
}

/// <summary>Why items of a feed are left out, as metrics spell it.</summary>
public static class SkipReasons
{
    /// <summary>Of a segment whose prices cannot be told.</summary>
    public const string Segment = "segment";

    /// <summary>A packet of a length that no kind has.</summary>
    public const string PacketLength = "packet_length";

    /// <summary>A name that cannot be carried.</summary>
    public const string Symbol = "symbol";

    /// <summary>A row of a list of instruments that cannot be used.</summary>
    public const string InstrumentRow = "instrument_row";

    /// <summary>No connection has room for it.</summary>
    public const string Room = "room";

    /// <summary>Wanted, and not in the venue's list.</summary>
    public const string Missing = "missing";

    /// <summary>A trade that cannot be read.</summary>
    public const string Trade = "trade";

    /// <summary>A day's volume below the one before.</summary>
    public const string VolumeBack = "volume_back";

    /// <summary>The venue refuses a subscription.</summary>
    public const string Refusal = "refusal";
}
