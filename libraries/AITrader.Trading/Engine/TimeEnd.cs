using AITrader.Domain.Orders;

namespace AITrader.Trading.Engine;

/// <summary>When the time of an order is over.</summary>
internal static class TimeEnd
{
    private const string DayEnded = "DAY_ENDED";
    private const string GoodTillReached = "GOOD_TILL_REACHED";

    /// <summary>Why an order ends at an event time; null where it stays.</summary>
    public static string? Of(OrderRequest request, DateTimeOffset at) =>
        request.TimeInForce switch
        {
            TimeInForce.Gtc => null,
            TimeInForce.Gtd => request.Conditions.GoodTill <= at ? GoodTillReached : null,
            _ => request.EventTime.UtcDateTime.Date < at.UtcDateTime.Date ? DayEnded : null,
        };
}
