using AITrader.Domain.Sessions;

namespace AITrader.Signals.Bars;

/// <summary>Intervals of one length, counted from the start of each session; the last one ends with the session.</summary>
internal readonly struct BarInterval
{
    private readonly long _micros;

    internal BarInterval(TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, TimeSpan.FromMilliseconds(1));
        _micros = length.Ticks / TimeSpan.TicksPerMicrosecond;
    }

    public override string ToString() => string.Create(null, $"{_micros} us");

    internal (long Start, long Limit) Of(long micros, in SessionSpan session)
    {
        if (_micros >= session.EndMicros - session.StartMicros)
        {
            return (session.StartMicros, session.EndMicros);
        }

        var start = micros - ((micros - session.StartMicros) % _micros);
        return (start, Math.Min(start + _micros, session.EndMicros));
    }
}
