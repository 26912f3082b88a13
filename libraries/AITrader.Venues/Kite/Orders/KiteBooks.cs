using System.Globalization;
using AITrader.Domain.Brokers;
using AITrader.Domain.Orders;

namespace AITrader.Venues.Kite.Orders;

/// <summary>Kite's books in our words.</summary>
internal static class KiteBooks
{
    private const string TimeForm = "yyyy-MM-dd HH:mm:ss";

    private static readonly TimeSpan India = TimeSpan.FromHours(5.5);

    public static BrokerOrder Order(KiteOrder order) =>
        new()
        {
            BrokerOrderId = order.OrderId,
            Tag = order.Tag ?? string.Empty,
            Symbol = Key(order.Exchange, order.Tradingsymbol),
            Side = SideOf(order.TransactionType),
            Quantity = order.Quantity,
            LimitPrice = order.Price > 0m ? order.Price : null,
            TriggerPrice = order.TriggerPrice > 0m ? order.TriggerPrice : null,
            Filled = order.FilledQuantity,
            AveragePrice = order.AveragePrice,
            Status = KiteOrderStatus.Of(order),
            StatusText = order.Status,
            Reason = order.StatusMessage ?? order.StatusMessageRaw ?? string.Empty,
            RequestedAt = Time(order.OrderTimestamp),
        };

    public static BrokerExecution Execution(KiteTrade trade) =>
        new(
            trade.TradeId,
            trade.OrderId,
            Key(trade.Exchange, trade.Tradingsymbol),
            SideOf(trade.TransactionType),
            trade.Quantity,
            trade.AveragePrice,
            Time(trade.FillTimestamp)
        );

    public static BrokerPosition Position(KitePosition position) =>
        new(Key(position.Exchange, position.Tradingsymbol), position.Product, position.Quantity, position.AveragePrice);

    private static string Key(string exchange, string symbol) => $"{exchange}:{symbol}";

    private static Side SideOf(string text) =>
        text switch
        {
            "BUY" => Side.Buy,
            "SELL" => Side.Sell,
            _ => throw new BrokerUnavailableException("DataException", $"Kite has an order that is neither BUY nor SELL but {text}"),
        };

    private static DateTimeOffset? Time(string? text) =>
        DateTime.TryParseExact(text, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new DateTimeOffset(time, India).ToUniversalTime()
            : null;
}
