using AITrader.Domain.Quotes;
using AITrader.OrderBooks;

namespace AITrader.Venues.Feeds;

/// <summary>Takes the order books of a feed. Safe from any thread; never waits.</summary>
public interface IOrderBookSink
{
    /// <summary>Takes the whole order book of a symbol, as far as the venue shows it.</summary>
    void Replace(string symbol, string venue, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks, long timeMicros);

    /// <summary>Takes the best levels of an order book that its feed keeps itself.</summary>
    void Show(string symbol, string venue, BookBuilder kept, long timeMicros);

    /// <summary>Forgets the levels of a symbol until its feed brings them anew.</summary>
    void Reset(string symbol);
}
