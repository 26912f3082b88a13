using AITrader.MockMcp.Market;
using AITrader.Venues.Kite.Ticker;

namespace AITrader.MockMcp.Shapes;

/// <summary>Quotes as Kite shows them.</summary>
internal static class QuoteShape
{
    public static object LastPrice(BoardEntry entry) => new { InstrumentToken = entry.Snapshot.Token, entry.Snapshot.LastPrice };

    public static object Prices(BoardEntry entry) =>
        new
        {
            InstrumentToken = entry.Snapshot.Token,
            entry.Snapshot.LastPrice,
            Ohlc = Ohlc(entry.Snapshot),
        };

    private static object Ohlc(KiteSnapshot now) =>
        new
        {
            now.Open,
            now.High,
            now.Low,
            now.Close,
        };

    public static object Quote(BoardEntry entry)
    {
        var now = entry.Snapshot;
        if (entry.Listing.IsIndex)
        {
            return new
            {
                InstrumentToken = now.Token,
                Timestamp = IndianTime.Text(now.ExchangeTime),
                now.LastPrice,
                NetChange = 0,
                Ohlc = Ohlc(now),
            };
        }

        return new
        {
            InstrumentToken = now.Token,
            Timestamp = IndianTime.Text(now.ExchangeTime),
            LastTradeTime = IndianTime.Text(now.LastTradeTime),
            now.LastPrice,
            now.LastQuantity,
            now.BuyQuantity,
            now.SellQuantity,
            now.Volume,
            now.AveragePrice,
            Oi = 0,
            OiDayHigh = 0,
            OiDayLow = 0,
            NetChange = 0,
            LowerCircuitLimit = entry.LowerCircuit,
            UpperCircuitLimit = entry.UpperCircuit,
            Ohlc = Ohlc(now),
            Depth = new { Buy = now.Bids.Select(Level), Sell = now.Offers.Select(Level) },
        };
    }

    private static object Level(KiteLevel level) =>
        new
        {
            level.Price,
            level.Quantity,
            level.Orders,
        };
}
