using AITrader.Contracts.Messages;

namespace AITrader.Storage;

/// <summary>Stored rows to messages.</summary>
internal static class TickRows
{
    public static Tick ToTick(TickRow row) =>
        new()
        {
            Symbol = row.Symbol,
            Timestamp = row.Timestamp,
            Kind = TickKinds.FromLetter(row.Kind),
            Price = row.Price,
            Volume = row.Volume,
            Bid = row.Bid,
            BidSize = row.BidSize,
            Ask = row.Ask,
            AskSize = row.AskSize,
            Source = row.Source,
            Run = row.Run,
            Seq = row.Seq,
            Flags = (TickFlags)row.Flags,
            ReceivedAt = row.Received,
            TradeId = row.TradeId,
        };
}
