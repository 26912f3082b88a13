namespace AITrader.MarketData.Replay;

/// <summary>Says when an event is due: event time since the first one, divided by the speed, after the first one's wall-clock time.</summary>
internal sealed class Pacer(TimeProvider time, ReplaySpeed speed)
{
    private long _started;
    private long _firstMicros = -1;

    /// <summary>How long an event must still wait; zero or less when it is due.</summary>
    public TimeSpan Until(long micros)
    {
        if (speed.IsMax)
        {
            return TimeSpan.Zero;
        }

        if (_firstMicros < 0)
        {
            _firstMicros = micros;
            _started = time.GetTimestamp();
        }

        var due = TimeSpan.FromMicroseconds((micros - _firstMicros) / speed.Factor);
        return due - time.GetElapsedTime(_started);
    }

    /// <summary>Waits until an event is due.</summary>
    public async Task WaitAsync(long micros, CancellationToken ct)
    {
        for (var left = Until(micros); left > TimeSpan.Zero; left = Until(micros))
        {
            // Timers have whole milliseconds; waking up a little late is caught up with the next event.
            await Task.Delay(left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left, time, ct);
        }
    }
}
