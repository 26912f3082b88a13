using AITrader.Signals.State;

namespace AITrader.Signals.Bars;

/// <summary>A turning point of the price.</summary>
/// <param name="Sign">1 for a high, -1 for a low; 0 for none.</param>
/// <param name="Price">The high or low.</param>
/// <param name="Bar">Number of its bar, from 0.</param>
/// <param name="Rsi">RSI at its bar.</param>
internal readonly record struct Pivot(int Sign, double Price, long Bar, double Rsi);

/// <summary>The latest turning points, highs and lows in turn. For one thread; allocates in the constructor only.</summary>
/// <remarks>
/// A bar is a pivot high where its high is above those of the k bars before it and not below those of the k bars after it (a pivot low the
/// other way around). So a
/// pivot is known only when the k-th bar after it is closed, and from then on; nothing here ever speaks of a pivot that is not known. Of
/// two pivots of
/// one kind in a row the more extreme one stays. Where one bar is both, first comes what the pivot before it is not, so that both stay: the
/// same upside down.
/// </remarks>
internal sealed class PivotList(int bars)
{
    private const int Length = 8;
    private const int Mask = Length - 1;

    private readonly Pivot[] _pivots = new Pivot[Length];
    private long _count;

    /// <summary>Pivots known, the overwritten ones included.</summary>
    internal long Count => _count;

    /// <summary>Whether the last bar made the newest pivot known, or known in a more extreme form.</summary>
    internal bool HasNew { get; private set; }

    /// <summary>The pivot of so many pivots ago, 0 being the newest.</summary>
    internal ref readonly Pivot this[int ago] => ref _pivots[(int)(_count - 1 - ago) & Mask];

    /// <summary>Looks at the bar that now has k bars after it.</summary>
    internal void Update(BarSeries series)
    {
        HasNew = false;
        if (series.Count <= 2 * bars)
        {
            return;
        }

        var number = series.Count - 1 - bars;
        ref readonly var bar = ref series[bars];
        var high =
            bar.High > series.Highest(bars + 1, bars) && bar.High >= series.Highest(0, bars)
                ? new Pivot(1, bar.High, number, bar.Rsi)
                : default;
        var low =
            bar.Low < series.Lowest(bars + 1, bars) && bar.Low <= series.Lowest(0, bars)
                ? new Pivot(-1, bar.Low, number, bar.Rsi)
                : default;
        var wasHigh = _count > 0 && this[0].Sign > 0;
        Add(wasHigh ? low : high);
        Add(wasHigh ? high : low);
    }

    internal void Save(StateWriter writer)
    {
        writer.Write(_count);
        writer.Write(HasNew);
        foreach (ref readonly var pivot in _pivots.AsSpan())
        {
            writer.Write(pivot.Sign);
            writer.Write(pivot.Price);
            writer.Write(pivot.Bar);
            writer.Write(pivot.Rsi);
        }
    }

    internal void Load(ref StateReader reader)
    {
        _count = reader.ReadInt64();
        HasNew = reader.ReadBoolean();
        foreach (ref var pivot in _pivots.AsSpan())
        {
            pivot = new Pivot(reader.ReadInt32(-1, 1), reader.ReadDouble(), reader.ReadInt64(), reader.ReadDouble());
        }
    }

    private void Add(in Pivot pivot)
    {
        if (pivot.Sign == 0)
        {
            return;
        }

        if (_count > 0 && this[0].Sign == pivot.Sign)
        {
            if ((pivot.Price - this[0].Price) * pivot.Sign <= 0)
            {
                return;
            }

            _count--;
        }

        _pivots[(int)_count & Mask] = pivot;
        _count++;
        HasNew = true;
    }
}
