using AITrader.Domain.Time;

namespace AITrader.MarketData.Live;

/// <summary>Numbers of live ticks: microseconds of the wall clock, or one more than the last; so they grow over restarts too. One caller at
/// a time.</summary>
internal sealed class LiveSequence(TimeProvider time)
{
    private long _last;

    /// <summary>Makes sure that the next number is above one that was seen.</summary>
    public void Pass(long seq) => _last = Math.Max(_last, seq);

    public long Next() => _last = Math.Max(_last + 1, EventTime.ToMicros(time.GetUtcNow()));
}
