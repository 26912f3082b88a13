using AITrader.Contracts.Replays;
using HdrHistogram;

namespace AITrader.MarketData.Replay;

/// <summary>Counts how late events were, in microseconds, to three digits up to a day. One writes, others may read meanwhile.</summary>
internal sealed class Lateness
{
    private const int Digits = 3;
    private const double MicrosPerMilli = 1000;

    // What is later than a day is as late as it gets; the worst is kept exactly.
    private static readonly long Longest = TimeSpan.FromDays(1).Ticks / TimeSpan.TicksPerMicrosecond;

    private readonly Lock _gate = new();
    private readonly LongHistogram _counts = new(Longest, Digits);
    private long _sum;
    private long _max;
    private long _second = -1;
    private long _least;
    private long _drift = -1;

    /// <summary>Takes note of one event; one that is not late counts as on time.</summary>
    /// <param name="late">How late it was.</param>
    /// <param name="at">When that was, since any fixed moment.</param>
    public void Add(TimeSpan late, TimeSpan at)
    {
        var micros = Math.Max(0, late.Ticks / TimeSpan.TicksPerMicrosecond);
        lock (_gate)
        {
            Drift(micros, at.Ticks / TimeSpan.TicksPerSecond);
            _counts.RecordValue(Math.Min(micros, Longest));
            _sum += micros;
            _max = Math.Max(_max, micros);
        }
    }

    /// <summary>Null before the first event.</summary>
    public ReplayLateness? Report()
    {
        lock (_gate)
        {
            return _counts.TotalCount == 0
                ? null
                : new ReplayLateness(
                    At(50),
                    At(99),
                    _max / MicrosPerMilli,
                    Math.Round((double)_sum / _counts.TotalCount / MicrosPerMilli, 4),
                    (_drift < 0 ? _least : _drift) / MicrosPerMilli
                );
        }
    }

    // What hinders single events passes; what even the most punctual one of a second is late by, the schedule has lost.
    private void Drift(long micros, long second)
    {
        if (second == _second)
        {
            _least = Math.Min(_least, micros);
            return;
        }

        _drift = _second < 0 ? -1 : _least;
        (_second, _least) = (second, micros);
    }

    // The upper end of what is told apart, but never more than the worst: what is said is not better than it was.
    private double At(double percentile) => Math.Min(_counts.GetValueAtPercentile(percentile), _max) / MicrosPerMilli;
}
