namespace AITrader.Venues.Kite.Ticker;

/// <summary>A connection to the ticker.</summary>
/// <param name="Number">Which one, from 1.</param>
/// <param name="Tokens">What is subscribed on it.</param>
public sealed record KiteConnection(int Number, IReadOnlyCollection<uint> Tokens);

/// <summary>Handles what the ticker sends. Calls come one after the other, however many connections there are.</summary>
public interface IKiteTickerHandler
{
    /// <summary>A packet. It lives in the receive buffer: take what is needed and return.</summary>
    void OnPacket(KitePacket packet, DateTimeOffset received);

    /// <summary>A packet that cannot be read. Those after it are given all the same.</summary>
    void OnRefusedPacket(KiteRefusedPacket packet) { }

    /// <summary>All packets of a frame were given: the moment to pass them on. Reading stops until it is through.</summary>
    ValueTask OnFrameAsync(CancellationToken ct);

    /// <summary>The connection is alive; nothing else is known.</summary>
    void OnHeartbeat() { }

    /// <summary>A frame broke off or made no sense; packets before that were given. The connection is made anew.</summary>
    void OnDamagedFrame() { }

    /// <summary>A text message as JSON, to be read by <see cref="KiteTickerText"/>: an order, an error, a message.</summary>
    void OnText(string json);

    /// <summary>The connection is open, and what was subscribed is subscribed again.</summary>
    void OnConnected(KiteConnection connection);

    /// <summary>The connection has ended, for a reason; it is made anew.</summary>
    void OnDisconnected(KiteConnection connection, string reason);
}
