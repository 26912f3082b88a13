using System.Globalization;
using System.Text;

namespace AITrader.Trading.Risk;

/// <summary>Why an order was refused: a code and the figures it rests on.</summary>
/// <param name="Code">One of <see cref="DenialCodes"/>.</param>
/// <param name="Context">Names and values, in order.</param>
public sealed record Denial(string Code, IReadOnlyList<KeyValuePair<string, string>> Context)
{
    /// <summary>A denial from names and values in turn.</summary>
    public static Denial Of(string code, params ReadOnlySpan<(string Key, object? Value)> context)
    {
        var pairs = new KeyValuePair<string, string>[context.Length];
        for (var i = 0; i < context.Length; i++)
        {
            pairs[i] = new(context[i].Key, Text(context[i].Value));
        }

        return new Denial(code, pairs);
    }

    /// <summary>The code, then key=value for each figure, separated by spaces.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Code);
        foreach (var (key, value) in Context)
        {
            text.Append(' ').Append(key).Append('=').Append(value);
        }

        return text.ToString();
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "none",
            decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
            DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            TimeSpan span => span.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture) + "ms",
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? string.Empty,
        };
}

/// <summary>Codes of pre-trade denials.</summary>
public static class DenialCodes
{
    /// <summary>The account is not reconciled, or is in doubt.</summary>
    public const string NotReconciled = "NOT_RECONCILED";

    /// <summary>Another order has the client order id.</summary>
    public const string DuplicateClientOrderId = "DUPLICATE_CLIENT_ORDER_ID";

    /// <summary>The order belongs to a replay run that is not the one whose market is known.</summary>
    public const string RunNotCurrent = "RUN_NOT_CURRENT";

    /// <summary>Not in the catalogue, or only to be watched.</summary>
    public const string UnknownInstrument = "UNKNOWN_INSTRUMENT";

    /// <summary>Quantity is not positive.</summary>
    public const string QuantityNotPositive = "QUANTITY_NOT_POSITIVE";

    /// <summary>Quantity is not a whole number of lots.</summary>
    public const string QuantityNotLot = "QUANTITY_NOT_LOT";

    /// <summary>A limit order without a positive price, or a market order with one.</summary>
    public const string PriceInvalid = "PRICE_INVALID";

    /// <summary>Limit price off the tick grid.</summary>
    public const string PriceNotTick = "PRICE_NOT_TICK";

    /// <summary>No price for the side that the order would take.</summary>
    public const string NoPrice = "NO_PRICE";

    /// <summary>The newest quote is too old.</summary>
    public const string StalePrice = "STALE_PRICE";

    /// <summary>Trading is halted.</summary>
    public const string TradingHalted = "TRADING_HALTED";

    /// <summary>Only orders that reduce risk are taken.</summary>
    public const string TradingReducing = "TRADING_REDUCING";

    /// <summary>Notional of the part that adds risk is above the limit of one order.</summary>
    public const string OrderTooLarge = "ORDER_TOO_LARGE";

    /// <summary>The broker does not take such an order, and it cannot be emulated.</summary>
    public const string OrderKindNotOffered = "ORDER_KIND_NOT_OFFERED";

    /// <summary>A trigger price or trailing distance that is missing, not positive, or not of this order type.</summary>
    public const string TriggerInvalid = "TRIGGER_INVALID";

    /// <summary>A display quantity that is missing, not a whole number of lots, above the quantity, or not of this order type.</summary>
    public const string DisplayInvalid = "DISPLAY_INVALID";

    /// <summary>An end that is missing, not after the order's time, or not of this time in force.</summary>
    public const string GoodTillInvalid = "GOOD_TILL_INVALID";

    /// <summary>Only limit orders and icebergs that stay can be post-only.</summary>
    public const string PostOnlyInvalid = "POST_ONLY_INVALID";

    /// <summary>A post-only order that would take liquidity.</summary>
    public const string PostOnlyWouldCross = "POST_ONLY_WOULD_CROSS";

    /// <summary>A reduce-only order with no position to reduce.</summary>
    public const string NothingToReduce = "NOTHING_TO_REDUCE";

    /// <summary>The order that it waits for is not working.</summary>
    public const string ParentNotWorking = "PARENT_NOT_WORKING";

    /// <summary>Another order of the bracket was denied.</summary>
    public const string LegDenied = "LEG_DENIED";

    /// <summary>Not enough free cash, working orders counted.</summary>
    public const string InsufficientCash = "INSUFFICIENT_CASH";
}
