using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.Domain.Positions;
using AITrader.Domain.Sessions;
using AITrader.Domain.Time;

namespace AITrader.Trading.Risk;

/// <summary>Closes what may not be held over the end of a session (MIS of NSE). Pure.</summary>
public static class SquareOff
{
    private const string Origin = "square-off";
    private const decimal SecondsPerMinute = 60m;

    /// <summary>When it begins: minutes before the end of the session of a moment, or else of the next one. Microseconds since 1970
    /// UTC.</summary>
    public static long StartsAt(SessionCalendar calendar, long micros, decimal minutes)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar.NextClose(micros) - (long)(minutes * SecondsPerMinute * EventTime.MicrosPerSecond);
    }

    /// <summary>A reduce-only market order for each position, under an id that follows from symbol, day and run: asked for twice, it is
    /// the same order.</summary>
    public static IEnumerable<OrderRequest> Orders(IEnumerable<Position> positions, DateTimeOffset at, long seq, string run) =>
        from position in positions
        where position.Quantity != 0m
        orderby position.Symbol
        let id = DeterministicId.Create(Origin, $"{run}/{position.Symbol}/{at.UtcDateTime:yyyy-MM-dd}")
        select new OrderRequest
        {
            Id = id,
            ClientOrderId = id,
            Symbol = position.Symbol,
            Side = position.Quantity > 0m ? Side.Sell : Side.Buy,
            Type = OrderType.Market,
            TimeInForce = TimeInForce.Day,
            Quantity = Math.Abs(position.Quantity),
            Conditions = new OrderConditions { ReduceOnly = true },
            Origin = Origin,
            EventTime = at,
            Seq = seq,
            Run = run,
        };
}
