using AITrader.Domain.Prices;

namespace AITrader.Venues.Feeds;

/// <summary>Prices of a venue as the hot path holds them.</summary>
internal static class FeedPrice
{
    /// <summary>The price; 0, which is unknown, where it cannot be held.</summary>
    public static Price OrUnknown(decimal price) => Price.TryCreate(price, out var exact) ? exact : default;
}
