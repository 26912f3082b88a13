namespace AITrader.Domain.Time;

/// <summary>Wall-clock times of a time zone as microseconds since 1970 UTC. Immutable; safe from any thread.</summary>
/// <remarks>
/// A time that the clock skips in spring counts from before the jump, so it is as much later; of a time that it shows twice in autumn the
/// first is meant.
/// </remarks>
public sealed class LocalClock(TimeZoneInfo zone)
{
    private readonly bool _isUtc = zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime;

    /// <summary>The local date of a moment.</summary>
    /// <param name="micros">Microseconds since 1970 UTC.</param>
    public DateOnly DateOf(long micros) => DateOnly.FromDateTime(LocalOf(micros));

    /// <summary>The local date and time of a moment.</summary>
    /// <param name="micros">Microseconds since 1970 UTC.</param>
    public DateTime LocalOf(long micros)
    {
        var utc = EventTime.FromMicros(micros).UtcDateTime;
        return _isUtc ? utc : DateTime.SpecifyKind(utc + zone.GetUtcOffset(utc), DateTimeKind.Unspecified);
    }

    /// <summary>First moment of a day; where the clock skips midnight, that of the jump.</summary>
    public long StartOf(DateOnly day) => MicrosOf(day, TimeSpan.Zero);

    /// <summary>The moment of a local date and time of day, in microseconds since 1970 UTC.</summary>
    public long MicrosOf(DateOnly day, TimeSpan timeOfDay) => MicrosOf(day.ToDateTime(TimeOnly.MinValue) + timeOfDay);

    /// <summary>The moment of a local time, in microseconds since 1970 UTC.</summary>
    public long MicrosOf(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified); // as of this zone, whatever it was made from
        var utcTicks = local.Ticks - DateTime.UnixEpoch.Ticks;
        if (_isUtc)
        {
            return utcTicks / TimeSpan.TicksPerMicrosecond;
        }

        var offset =
            zone.IsAmbiguousTime(local) ? Largest(zone.GetAmbiguousTimeOffsets(local))
            : zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1))
            : zone.GetUtcOffset(local);
        return (utcTicks - offset.Ticks) / TimeSpan.TicksPerMicrosecond;
    }

    /// <summary>As <see cref="MicrosOf(DateTime)"/>, but the second showing of a time where the first would be before
    /// <paramref name="notBefore"/>.</summary>
    public long MicrosAfter(DateTime local, long notBefore)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var first = MicrosOf(local);
        if (first >= notBefore || !zone.IsAmbiguousTime(local))
        {
            return first;
        }

        var offsets = zone.GetAmbiguousTimeOffsets(local);
        return first + ((Largest(offsets) - offsets.Min()).Ticks / TimeSpan.TicksPerMicrosecond);
    }

    private static TimeSpan Largest(TimeSpan[] offsets) => offsets.Max();
}
