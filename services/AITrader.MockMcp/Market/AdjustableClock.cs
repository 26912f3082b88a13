namespace AITrader.MockMcp.Market;

/// <summary>The mock's clock: that of the machine, moved by what was asked for. Timers and delays stay those of the machine.</summary>
internal sealed class AdjustableClock(TimeProvider machine) : TimeProvider
{
    private long _offsetTicks;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Makes it now what is given; it runs on from there.</summary>
    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _offsetTicks, (now - machine.GetUtcNow()).Ticks);

    /// <summary>Makes it the machine's time again.</summary>
    public void Reset() => Interlocked.Exchange(ref _offsetTicks, 0);
}
