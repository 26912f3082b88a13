namespace AITrader.MarketData.Feed;

/// <summary>A live source of ticks.</summary>
internal interface IMarketFeed
{
    /// <summary>Follows it until cancelled; lines that break are its own business. Calls <paramref name="progress"/> whenever something was
    /// heard.</summary>
    /// <exception cref="Exception">It must begin again, as with a session that is over.</exception>
    Task FollowAsync(Action progress, CancellationToken ct);
}
