using System.Globalization;
using AITrader.Domain.Orders;

namespace AITrader.Venues.Kite.Orders;

/// <summary>Our orders in Kite's words.</summary>
internal static class KiteOrderForm
{
    /// <summary>The fields of a new order; what Kite has no words for is an error of the caller, who knows the broker's
    /// capabilities.</summary>
    /// <exception cref="ArgumentException">Kite cannot take such an order.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> New(OrderRequest request, KiteBrokerOptions options, string tag)
    {
        var (exchange, symbol) = Split(request.Symbol);
        return
        [
            new("exchange", exchange),
            new("tradingsymbol", symbol),
            new("transaction_type", request.Side == Side.Buy ? "BUY" : "SELL"),
            new("product", options.Product),
            .. Terms(request),
            new("tag", tag),
            .. options.AlgoId.Length > 0 ? [new("algo_id", options.AlgoId)] : Enumerable.Empty<KeyValuePair<string, string>>(),
        ];
    }

    /// <summary>The fields of a change.</summary>
    /// <exception cref="ArgumentException">Kite cannot take such an order.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Terms(OrderRequest request) =>
        [
            new("order_type", TypeOf(request)),
            new("quantity", Whole(request.Quantity)),
            new("validity", ValidityOf(request)),
            .. Price("price", request.Type is OrderType.Market or OrderType.Stop ? null : request.LimitPrice),
            .. Price("trigger_price", request.Conditions.TriggerPrice),
        ];

    /// <summary>The name of an instrument, such as NSE:INFY, in its parts.</summary>
    /// <exception cref="ArgumentException">It has no exchange.</exception>
    public static (string Exchange, string Symbol) Split(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? (key[..colon], key[(colon + 1)..]) : throw new ArgumentException($"{key} is not EXCHANGE:SYMBOL", nameof(key));
    }

    private static string TypeOf(OrderRequest request) =>
        request.Type switch
        {
            OrderType.Market => "MARKET",
            OrderType.Limit => "LIMIT",
            OrderType.Stop => "SL-M",
            OrderType.StopLimit => "SL",
            _ => throw new ArgumentException($"Kite has no orders of type {request.Type}", nameof(request)),
        };

    private static string ValidityOf(OrderRequest request) =>
        request.TimeInForce switch
        {
            TimeInForce.Day => "DAY",
            TimeInForce.Ioc => "IOC",
            _ => throw new ArgumentException($"Kite has no orders that last {request.TimeInForce}", nameof(request)),
        };

    private static string Whole(decimal quantity) =>
        decimal.IsInteger(quantity)
            ? quantity.ToString("0", CultureInfo.InvariantCulture)
            : throw new ArgumentException($"Kite has no part of a share: {quantity}", nameof(quantity));

    private static IEnumerable<KeyValuePair<string, string>> Price(string name, decimal? price) =>
        price is { } value ? [new(name, value.ToString("0.##########", CultureInfo.InvariantCulture))] : [];
}
