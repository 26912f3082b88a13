using AITrader.Domain.Time;
using AITrader.Trading.Engine;

namespace AITrader.Backtesting.Runs;

/// <summary>Samples an account at whole multiples of an interval of event time, and after each execution.</summary>
internal sealed class EquityRecorder(TradingDesk desk, BuyAndHold benchmark, TimeSpan interval)
{
    private readonly List<AccountPoint> _points = [];
    private readonly long _step = interval.Ticks / TimeSpan.TicksPerMicrosecond;
    private readonly List<double> _returns = [];
    private long _next = long.MinValue;
    private decimal _before;

    internal IReadOnlyList<AccountPoint> Points => _points;

    /// <summary>Returns from one whole interval to the next, at times that the data alone gives: the same for every strategy.</summary>
    internal IReadOnlyList<double> Returns => _returns;

    /// <summary>Takes a point where an interval is over before the tick of a time changes anything.</summary>
    internal void Before(long micros)
    {
        if (micros < _next)
        {
            return;
        }

        Take(EventTime.FromMicros(_next == long.MinValue ? micros : _next));
        benchmark.Take(_points[^1].Time);
        var equity = _points[^1].Equity;
        if (_before > 0m)
        {
            _returns.Add((double)((equity / _before) - 1m));
        }

        _before = equity;
        _next = ((micros / _step) + 1) * _step;
    }

    /// <summary>Takes a point now; of several of one moment the last one counts.</summary>
    internal void Take(DateTimeOffset time)
    {
        var exposure = 0m;
        foreach (var position in desk.Ledger.Positions.Values)
        {
            exposure += Math.Abs(position.Quantity * (desk.Value(position.Symbol) ?? position.AveragePrice));
        }

        var point = new AccountPoint(time, desk.Ledger.Equity(desk.Value), desk.Ledger.Cash, exposure);
        if (_points.Count > 0 && _points[^1].Time >= time)
        {
            _points[^1] = point with { Time = _points[^1].Time };
        }
        else
        {
            _points.Add(point);
        }
    }

    /// <summary>A length that gives a curve of a few hundred to a few thousand points.</summary>
    internal static TimeSpan IntervalOf(TimeSpan span) =>
        span <= TimeSpan.FromHours(2) ? TimeSpan.FromSeconds(1)
        : span <= TimeSpan.FromDays(3) ? TimeSpan.FromMinutes(1)
        : span <= TimeSpan.FromDays(120) ? TimeSpan.FromHours(1)
        : TimeSpan.FromDays(1);
}
