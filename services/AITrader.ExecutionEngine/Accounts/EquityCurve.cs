using AITrader.Storage.Rows;
using AITrader.Trading.Engine;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>Says when an account's worth is to be written down: at whole multiples of an interval of event time, where it has
/// changed.</summary>
/// <param name="account">The account.</param>
/// <param name="interval">The interval.</param>
/// <param name="last">The last point that is stored; null where there is none.</param>
internal sealed class EquityCurve(int account, TimeSpan interval, EquityRow? last)
{
    private DateTimeOffset? _next;
    private EquityRow? _last = last;

    /// <summary>The point that is due before a tick, or null.</summary>
    public EquityRow? Before(DateTimeOffset tick, TradingDesk desk)
    {
        var due = _next;
        if (tick < due)
        {
            return null;
        }

        _next = new DateTimeOffset(((tick.UtcTicks / interval.Ticks) + 1) * interval.Ticks, TimeSpan.Zero);
        return due is { } at && !(at <= _last?.Timestamp) ? At(at, desk) : null;
    }

    private EquityRow? At(DateTimeOffset time, TradingDesk desk)
    {
        var (cash, equity) = (desk.Ledger.Cash, desk.Ledger.Equity(desk.Value));
        if (_last is { } before && before.Cash == cash && before.Equity == equity)
        {
            return null;
        }

        var exposure = desk.Ledger.Positions.Values.Sum(position =>
            Math.Abs(position.Quantity * (desk.Value(position.Symbol) ?? position.AveragePrice))
        );
        return _last = new EquityRow
        {
            AccountId = account,
            Timestamp = time,
            Cash = cash,
            Equity = equity,
            GrossExposure = exposure,
        };
    }
}
