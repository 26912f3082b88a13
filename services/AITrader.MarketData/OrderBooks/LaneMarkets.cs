using AITrader.Contracts;
using AITrader.MarketData.Caches;

namespace AITrader.MarketData.OrderBooks;

/// <summary>What is known of the markets of one lane: the live one and that of the replay know nothing of each other.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Caches">Last readings.</param>
/// <param name="Books">Order books.</param>
internal sealed record LaneMarkets(Lane Lane, MarketCaches Caches, BookPublisher Books);
