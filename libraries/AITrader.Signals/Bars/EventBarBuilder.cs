using AITrader.Domain.Bars;
using AITrader.Domain.Prices;
using AITrader.Domain.Sessions;

namespace AITrader.Signals.Bars;

/// <summary>Bars that are closed by what happens, at the tick that meets their rule; at a session's end the open one is closed
/// incomplete.</summary>
public abstract class EventBarBuilder : BarBuilder
{
    private protected EventBarBuilder(BarKind kind, SessionCalendar? calendar, SessionPhases phases)
        : base(kind, calendar, phases, closesAtOnce: true) { }

    private protected override (long Start, long Limit) Interval(long micros, in SessionSpan session) =>
        (session.StartMicros, session.EndMicros);

    private protected override long EndOf(long limit, long lastTick) => lastTick;
}

/// <summary>Bars of a number of ticks.</summary>
public sealed class TickBarBuilder : EventBarBuilder
{
    private readonly int _count;

    /// <summary>Bars of <paramref name="ticks"/> ticks, 1 or more.</summary>
    public TickBarBuilder(BarKind kind, int ticks, SessionCalendar? calendar = null, SessionPhases phases = SessionPhases.Regular)
        : base(kind, calendar, phases)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ticks);
        _count = ticks;
    }

    private protected override string Identity => string.Create(null, $"tick {Kind} {_count}");

    private protected override bool IsFull() => Ticks >= _count;
}

/// <summary>Trade bars of a traded quantity. The trade that reaches it is wholly in its bar: trades are not split, so a bar may hold
/// more.</summary>
public sealed class VolumeBarBuilder : EventBarBuilder
{
    private readonly Volume _volume;

    /// <summary>Bars of <paramref name="volume"/> or more, above 0.</summary>
    public VolumeBarBuilder(Volume volume, SessionCalendar? calendar = null, SessionPhases phases = SessionPhases.Regular)
        : base(BarKind.Trade, calendar, phases)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(volume.Raw);
        _volume = volume;
    }

    private protected override string Identity => string.Create(null, $"volume {_volume}");

    private protected override bool IsFull() => Volume >= _volume.Raw;
}

/// <summary>Trade bars of a traded value, the exact sum of price times quantity. Trades are not split, so a bar may hold more.</summary>
public sealed class DollarBarBuilder : EventBarBuilder
{
    /// <summary>The sum of price times quantity holds this and the largest trade.</summary>
    private const decimal MaxValue = 1_000_000_000_000_000_000m;

    private readonly decimal _value;
    private readonly Int128 _threshold;

    /// <summary>Bars of <paramref name="value"/> in quote currency or more: above 0, up to 1e18, at most 9 decimals.</summary>
    public DollarBarBuilder(decimal value, SessionCalendar? calendar = null, SessionPhases phases = SessionPhases.Regular)
        : base(BarKind.Trade, calendar, phases)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxValue);
        _value = value / 1.0000000000000000000000000000m; // without trailing zeros: equal values, equal text
        _threshold = Nanos(value) * Quantity.Scale;
    }

    private protected override string Identity => string.Create(null, $"dollar {_value}");

    private protected override bool IsFull() => Notional >= _threshold;

    private static Int128 Nanos(decimal value) =>
        value * Price.Scale is var nanos && decimal.Truncate(nanos) == nanos
            ? (Int128)nanos
            : throw new ArgumentOutOfRangeException(nameof(value), value, "More than 9 decimals.");
}

/// <summary>Bars whose highest and lowest trade price (quotes: mid) are a range or more apart. The tick that gets there is in its bar; a
/// jump makes one bar, not several.</summary>
public sealed class RangeBarBuilder : EventBarBuilder
{
    private readonly Price _range;

    /// <summary>Bars of <paramref name="range"/> or more, above 0.</summary>
    public RangeBarBuilder(BarKind kind, Price range, SessionCalendar? calendar = null, SessionPhases phases = SessionPhases.Regular)
        : base(kind, calendar, phases)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(range.Nanos);
        _range = range;
    }

    private protected override string Identity => string.Create(null, $"range {Kind} {_range}");

    private protected override bool IsFull() => Range >= _range.Nanos;
}
