using AITrader.Domain.Time;

namespace AITrader.Trading.Risk;

/// <summary>Limits of when, and by whose order.</summary>
internal static class SessionChecks
{
    /// <summary>A strategy or an account that is switched off.</summary>
    public static Denial? Killed(RiskContext context) =>
        context.Kill.Concerns(context.Request)
            ? Denial.Of(
                DenialCodes.Killed,
                ("scope", context.Kill.Account ? "account" : context.Request.Origin),
                ("position", context.Position),
                ("adds", context.Adding)
            )
            : null;

    /// <summary>The last minutes of a session: intraday positions are closed, none is opened.</summary>
    public static Denial? SquareOff(RiskContext context)
    {
        if (context.Limits[LimitKind.SquareOffMinutes] is not { } minutes || context.Calendar is not { } calendar)
        {
            return null;
        }

        var at = EventTime.ToMicros(context.Request.EventTime);
        return Risk.SquareOff.StartsAt(calendar, at, minutes) <= at
            ? Denial.Of(DenialCodes.SquareOff, ("closes", EventTime.FromMicros(calendar.NextClose(at))), ("minutes", minutes))
            : null;
    }
}
