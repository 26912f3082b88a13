namespace AITrader.Kite.Ticker;

/// <summary>Hears what the ticker says; all calls come one after the other, on the ticker's loop.</summary>
public interface IKiteTickerHandler
{
    /// <summary>A packet. It lives in the receive buffer: take what is needed and return.</summary>
    void OnPacket(KitePacket packet, DateTimeOffset received);

    /// <summary>All packets of a frame were given: the moment to pass them on. Reading stops until it is through.</summary>
    ValueTask OnFrameAsync(CancellationToken ct);

    /// <summary>The line lives, and nothing else is known.</summary>
    void OnHeartbeat()
    {
    }

    /// <summary>A frame broke off or made no sense; packets before that were given. The line is made anew.</summary>
    void OnDamagedFrame()
    {
    }

    /// <summary>A text message as JSON: type is order, error or message.</summary>
    void OnText(string json);

    /// <summary>The line stands and what was subscribed is subscribed again.</summary>
    void OnConnected();

    /// <summary>The line is gone, with the reason; it is dialled again.</summary>
    void OnDisconnected(string reason);
}
