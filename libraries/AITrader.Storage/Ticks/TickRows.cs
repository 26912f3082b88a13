using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Storage.Rows;

namespace AITrader.Storage.Ticks;

/// <summary>Stored rows to messages.</summary>
internal static class TickRows
{
    public static Tick ToTick(TickRow row) =>
        new()
        {
            Symbol = row.Symbol,
            Timestamp = row.Timestamp,
            Kind = TickKinds.FromLetter(row.Kind),
            Price = Price.Of(row.Price),
            Volume = Quantity.Of(row.Volume),
            Bid = Price.Of(row.Bid),
            BidSize = Quantity.Of(row.BidSize),
            Ask = Price.Of(row.Ask),
            AskSize = Quantity.Of(row.AskSize),
            Source = row.Source,
            Run = row.Run,
            Seq = row.Seq,
            Flags = (TickFlags)row.Flags,
            ReceivedAt = row.Received,
            TradeId = row.TradeId,
        };
}
