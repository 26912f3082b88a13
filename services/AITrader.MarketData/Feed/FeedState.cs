namespace AITrader.MarketData.Feed;

/// <summary>How the live feed is doing. Safe from any thread.</summary>
internal sealed class FeedState(TimeProvider time)
{
    private readonly DateTimeOffset _since = time.GetUtcNow();
    private volatile FeedReading _reading = new(IsPaused: false, IsConnected: false, LastPrice: null, "not connected yet");

    public FeedReading Reading => _reading;

    /// <summary>Since when there is no price.</summary>
    public TimeSpan Silence => time.GetUtcNow() - (_reading.LastPrice ?? _since);

    public void Pause() => _reading = _reading with { IsPaused = true };

    public void Resume() => _reading = new FeedReading(IsPaused: false, IsConnected: false, time.GetUtcNow(), "not connected yet");

    public void Connected() => _reading = _reading with { IsConnected = true, Reason = null };

    public void Disconnected(string reason) => _reading = _reading with { IsConnected = false, Reason = reason };

    public void Priced() => _reading = _reading with { LastPrice = time.GetUtcNow() };
}

/// <summary>A moment of the feed.</summary>
/// <param name="IsPaused">A replay runs.</param>
/// <param name="IsConnected">The line stands.</param>
/// <param name="LastPrice">When the last price came.</param>
/// <param name="Reason">Why the line does not stand.</param>
internal sealed record FeedReading(bool IsPaused, bool IsConnected, DateTimeOffset? LastPrice, string? Reason);
