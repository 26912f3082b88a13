using AITrader.Domain.Bars;
using AITrader.Domain.Prices;
using AITrader.Signals.State;

namespace AITrader.Signals.Bars;

/// <summary>Open, high, low and close while they grow, in nano-units.</summary>
internal struct RunningOhlc
{
    private long _open;
    private long _high;
    private long _low;
    private long _close;

    internal readonly long Range => _high - _low;

    internal readonly Ohlc Value => new(Price.FromNanos(_open), Price.FromNanos(_high), Price.FromNanos(_low), Price.FromNanos(_close));

    internal void Start(long price)
    {
        _open = price;
        _high = price;
        _low = price;
        _close = price;
    }

    internal void Add(long price)
    {
        if (price > _high)
        {
            _high = price;
        }

        if (price < _low)
        {
            _low = price;
        }

        _close = price;
    }

    internal readonly void Save(StateWriter state)
    {
        state.Write(_open);
        state.Write(_high);
        state.Write(_low);
        state.Write(_close);
    }

    internal void Load(ref StateReader state)
    {
        _open = state.ReadInt64();
        _high = state.ReadInt64();
        _low = state.ReadInt64();
        _close = state.ReadInt64();
    }
}
