using AITrader.Domain.Sessions;
using AITrader.Strategies.Accounts;
using AITrader.Trading.Risk;

namespace AITrader.Strategies.Exits;

/// <summary>Closes everything once a day has lost an amount, open positions counted, and keeps from entering until the next day.</summary>
internal sealed class DailyLossStop
{
    private const string Tag = "daily loss";

    private readonly IPortfolio _portfolio;
    private readonly LossWatch _watch;
    private readonly Action<string> _closeAll;
    private readonly Action<string> _log;

    internal DailyLossStop(decimal amount, SessionCalendar? calendar, IPortfolio portfolio, Action<string> closeAll, Action<string> log)
    {
        var limits = RiskLimits.Default with { Bounds = LimitSet.None.With(LimitKind.DailyLoss, amount) };
        (_watch, _portfolio, _closeAll, _log) = (new LossWatch(limits, calendar), portfolio, closeAll, log);
    }

    internal bool MayEnter => _watch.Breach is null;

    /// <summary>Before a tick of a time is known.</summary>
    internal void Before(DateTimeOffset now) => _watch.Start(now, 0m, _portfolio.Equity);

    /// <summary>After a tick has moved the account.</summary>
    internal void After()
    {
        if (_watch.Look(0m, _portfolio.Equity) is { } breach)
        {
            _log(breach.ToString());
            _closeAll(Tag);
        }
    }
}
