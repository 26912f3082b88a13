namespace AITrader.MarketData.Replay;

/// <summary>Says when an event is due: event time since the anchor, divided by the speed, after the anchor's wall-clock time.</summary>
/// <remarks>The schedule is absolute: an event that comes late makes no other one late. The anchor moves only when the speed changes or a
/// pause ends.</remarks>
internal sealed class Pacer(TimeProvider time, ReplaySpeed speed)
{
    // A timer comes up to about a millisecond late: it is set short by this much, and the rest is waited for awake.
    private static readonly TimeSpan Awake = TimeSpan.FromMilliseconds(1.2);

    private ReplaySpeed _speed = speed;
    private long _anchorTicks = -1; // event time in units of 100 ns
    private long _anchoredAt;
    private bool _isHeld;

    /// <summary>Whether there is a schedule; at full speed there is none.</summary>
    public bool IsPaced => !_speed.IsMax;

    /// <summary>How long an event must still wait; zero or less when it is due.</summary>
    public TimeSpan Until(long micros)
    {
        if (_speed.IsMax)
        {
            return TimeSpan.Zero;
        }

        var ticks = micros * TimeSpan.TicksPerMicrosecond;
        if (_anchorTicks < 0)
        {
            _anchorTicks = ticks;
            _anchoredAt = time.GetTimestamp();
        }

        return TimeSpan.FromTicks((long)((ticks - _anchorTicks) / _speed.Factor)) - Elapsed;
    }

    /// <summary>From now on event time passes at another speed; what was due stays due.</summary>
    public void Change(ReplaySpeed to)
    {
        if (to != _speed)
        {
            Anchor();
            _speed = to;
        }
    }

    /// <summary>Event time stands still until it is released.</summary>
    public void Hold()
    {
        Anchor();
        _isHeld = true;
    }

    /// <summary>Event time passes again, from where it was held.</summary>
    public void Release()
    {
        _anchoredAt = time.GetTimestamp();
        _isHeld = false;
    }

    /// <summary>Waits until an event is due, or until <paramref name="news"/>.</summary>
    public async Task WaitAsync(long micros, CancellationToken news)
    {
        for (var left = Until(micros); left > TimeSpan.Zero && !news.IsCancellationRequested; left = Until(micros))
        {
            if (left > Awake + TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(left - Awake, time, news).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else
            {
                Thread.Yield();
            }
        }
    }

    private TimeSpan Elapsed => _isHeld ? TimeSpan.Zero : time.GetElapsedTime(_anchoredAt);

    private void Anchor()
    {
        if (_speed.IsMax || _anchorTicks < 0)
        {
            // At full speed there is no schedule: the next event begins one.
            _anchorTicks = -1;
            return;
        }

        _anchorTicks += (long)(Elapsed.Ticks * _speed.Factor);
        _anchoredAt = time.GetTimestamp();
    }
}
