using Microsoft.Extensions.Time.Testing;

namespace AITrader.TestSupport;

/// <summary>A clock that moves only when told, and tells when somebody has begun to wait for it: a loop that is to be moved on must be
/// waiting first.</summary>
public class ObservedTime : FakeTimeProvider
{
    private int _waits;

    /// <summary>How many timers (and so delays) have been made.</summary>
    public int Waits => Volatile.Read(ref _waits);

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _waits);
        return timer;
    }
}
