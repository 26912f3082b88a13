using AITrader.Domain.Sessions;
using AITrader.Domain.Time;

namespace AITrader.Trading.Risk;

/// <summary>What losses are measured from.</summary>
/// <param name="Day">UTC day, or trading day of a calendar.</param>
/// <param name="Realised">Realised profit minus fees at its start.</param>
/// <param name="Equity">Equity at its start.</param>
/// <param name="Peak">Highest equity so far.</param>
public sealed record LossBase(DateOnly Day, decimal Realised, decimal Equity, decimal Peak);

/// <summary>Watches losses between executions: asked at each tick. One caller at a time.</summary>
/// <param name="limits">What is watched.</param>
/// <param name="calendar">Whose trading days are days; UTC days where null. What happens while it is closed counts to its next
/// session.</param>
public sealed class LossWatch(RiskLimits limits, SessionCalendar? calendar = null)
{
    /// <summary>What is watched.</summary>
    public RiskLimits Limits { get; set; } = limits;

    /// <summary>Whether there is anything to watch.</summary>
    public bool IsOn => Limits.Bounds.HasAny(LimitKind.RealisedLoss, LimitKind.DailyLoss, LimitKind.Drawdown);

    /// <summary>What losses are measured from; set it to what was kept before a restart. Null before the first tick.</summary>
    public LossBase? Base { get; set; }

    /// <summary>The limit that is reached: of a day's loss until the day ends, of the drawdown until <see cref="Reset"/>.</summary>
    public Denial? Breach { get; private set; }

    /// <summary>Starts a day where a new one has begun.</summary>
    public void Start(DateTimeOffset at, decimal realised, decimal equity)
    {
        var day = calendar?.TradingDay(EventTime.ToMicros(at)) ?? DateOnly.FromDateTime(at.UtcDateTime);
        if (Base?.Day == day)
        {
            return;
        }

        Base = new LossBase(day, realised, equity, Math.Max(equity, Base?.Peak ?? equity));
        Breach = Breach?.Code == DenialCodes.Drawdown ? Breach : null;
    }

    /// <summary>Looks at the account; the breach where this look found one, else null.</summary>
    public Denial? Look(decimal realised, decimal equity)
    {
        if (Base is not { } start)
        {
            return null;
        }

        Base = start with { Peak = Math.Max(start.Peak, equity) };
        if (Breach is not null)
        {
            return null;
        }

        Breach = Reached(DenialCodes.RealisedLoss, start.Realised - realised, Limits[LimitKind.RealisedLoss])
            ?? Reached(DenialCodes.DailyLoss, start.Equity - equity, Limits[LimitKind.DailyLoss])
            ?? Fallen(Base.Peak, equity, Limits[LimitKind.Drawdown]);
        return Breach;
    }

    /// <summary>Takes the breach back and measures the drawdown from here on.</summary>
    public void Reset(decimal equity)
    {
        Breach = null;
        Base = Base is { } start ? start with { Peak = equity } : null;
    }

    private static Denial? Reached(string code, decimal loss, decimal? max) =>
        loss > 0m && loss >= max ? Denial.Of(code, ("loss", loss), ("max", max)) : null;

    private static Denial? Fallen(decimal peak, decimal equity, decimal? max) =>
        equity < peak && peak - equity >= max * Math.Max(0m, peak)
            ? Denial.Of(DenialCodes.Drawdown, ("equity", equity), ("peak", peak), ("max", max))
            : null;
}
