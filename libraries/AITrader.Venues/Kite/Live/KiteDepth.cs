using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;
using AITrader.Domain.Time;
using AITrader.Venues.Feeds;
using AITrader.Venues.Kite.Ticker;

namespace AITrader.Venues.Kite.Live;

/// <summary>The five levels a side that Kite's full packets carry, as an order book. One caller at a time.</summary>
internal sealed class KiteDepth(IOrderBookSink books)
{
    private readonly BookLevel[] _bids = new BookLevel[KitePacket.Levels];
    private readonly BookLevel[] _asks = new BookLevel[KitePacket.Levels];

    /// <summary>Takes the depth of a packet that has any.</summary>
    public void Take(string symbol, in KitePacket packet, DateTimeOffset received)
    {
        if (!packet.HasDepth)
        {
            return;
        }

        var (bids, asks) = (0, 0);
        for (var i = 0; i < KitePacket.Levels; i++)
        {
            bids += TryRead(packet.Bid(i), out _bids[bids]) ? 1 : 0;
            asks += TryRead(packet.Offer(i), out _asks[asks]) ? 1 : 0;
        }

        books.Replace(symbol, KiteVenue.Name, _bids.AsSpan(0, bids), _asks.AsSpan(0, asks), EventTime.ToMicros(received));
    }

    // Levels that do not exist are sent as zeros.
    private static bool TryRead(KiteLevel sent, out BookLevel level)
    {
        var isPriced = Price.TryCreate(sent.Price, out var price) && price.Nanos > 0 && sent.Quantity > 0;
        level = isPriced ? new BookLevel(price, Quantity.FromRaw(sent.Quantity * Quantity.Scale)) : default;
        return isPriced;
    }
}
