using Microsoft.Extensions.Hosting;

namespace AITrader.Venues.Feeds;

/// <summary>A venue that can be followed live. Whoever hosts feeds has a list of these, and knows venues by nothing else.</summary>
/// <param name="Name">How settings name it; also the source of its ticks.</param>
/// <param name="AddFeed">Registers its <see cref="IMarketFeed"/> as a singleton, with its options and clients. The host has registered an
/// <see cref="IFeedHost"/>.</param>
public sealed record VenueDefinition(string Name, Action<IHostApplicationBuilder> AddFeed);
