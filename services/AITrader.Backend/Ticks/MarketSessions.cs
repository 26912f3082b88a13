using AITrader.Domain.Instruments;
using AITrader.Domain.Sessions;
using AITrader.Domain.Time;
using AITrader.Storage.Ticks;

namespace AITrader.Backend.Ticks;

/// <summary>Continuous trading of the markets whose hours are known; all others never close.</summary>
internal sealed class MarketSessions : ITickSessions
{
    /// <inheritdoc/>
    public IEnumerable<TickSpan> Within(string symbol, string source, TickSpan span)
    {
        var calendar = CalendarOf(symbol, source);
        var end = EventTime.ToMicros(span.Until);
        for (var at = EventTime.ToMicros(span.From); at < end; )
        {
            var session = calendar.SessionOf(at);
            if (session.Phase == SessionPhases.Regular)
            {
                yield return new TickSpan(EventTime.FromMicros(at), EventTime.FromMicros(Math.Min(session.EndMicros, end)));
            }

            at = session.EndMicros;
        }
    }

    // Files of US equities name symbols without their exchange: the format tells.
    private static SessionCalendar CalendarOf(string symbol, string source) =>
        (InstrumentCatalogue.Default.Get(symbol).Exchange, source) switch
        {
            ("NSE" or "BSE", _) => NseCalendar.Default,
            (_, "itch" or "lobster" or "lean-usa") => UsEquityCalendar.Default,
            _ => SessionCalendar.UtcDays,
        };
}
