using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Wilder's parabolic stop and reverse: sar + af * (extreme - sar), never inside the last two bars, reversed where a bar touches
/// it.</summary>
/// <remarks>
/// The second bar decides the first trend: short where its -DM is above 0, else long; its stop is the first bar's low (long) or high
/// (short), and the extreme its own high
/// or low. A bar that reaches the stop turns it: the stop is then the old extreme, moved out of the last two bars, the extreme this bar's
/// and af = step. Every new extreme adds
/// step to af, up to limit. Warm-up: two bars. Source: J. W. Wilder, 1978; start as in TA-Lib. Constant time. For one thread.
/// </remarks>
public sealed class ParabolicSar(double step = 0.02, double limit = 0.2)
{
    private readonly double _step = Period.Width(step);
    private readonly double _limit = Period.Width(limit);
    private DirectionalMove _move;
    private BarInput _previous;
    private bool _started;
    private double _next;
    private double _extreme;
    private double _factor;

    /// <summary>Whether two bars were seen.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Whether the trend is up, the stop below the bar; false before <see cref="IsReady"/>.</summary>
    public bool IsLong { get; private set; }

    /// <summary>The stop of the last bar; 0 before <see cref="IsReady"/>.</summary>
    public double Value { get; private set; }

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        _move.Update(bar);
        if (_started)
        {
            // TA-Lib looks at no bar before the second but for the first stop.
            var previous = IsReady ? _previous : bar;
            if (!IsReady)
            {
                Start(bar);
            }

            Follow(bar, previous);
        }

        _previous = bar;
        _started = true;
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _move.Save(writer);
        _previous.Save(writer);
        writer.Write(_started);
        writer.Write(_next);
        writer.Write(_extreme);
        writer.Write(_factor);
        writer.Write(IsReady);
        writer.Write(IsLong);
        writer.Write(Value);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _move.Load(ref reader);
        _previous = BarInput.Load(ref reader);
        _started = reader.ReadBoolean();
        _next = reader.ReadDouble();
        _extreme = reader.ReadDouble();
        _factor = reader.ReadDouble();
        IsReady = reader.ReadBoolean();
        IsLong = reader.ReadBoolean();
        Value = reader.ReadDouble();
    }

    private void Start(in BarInput bar)
    {
        IsLong = _move.Minus <= 0;
        _next = IsLong ? _previous.Low : _previous.High;
        _extreme = IsLong ? bar.High : bar.Low;
        _factor = _step;
        IsReady = true;
    }

    private void Follow(in BarInput bar, in BarInput previous)
    {
        if (IsLong ? bar.Low <= _next : bar.High >= _next)
        {
            IsLong = !IsLong;
            Value = Outside(_extreme, bar, previous);
            _extreme = IsLong ? bar.High : bar.Low;
            _factor = _step;
        }
        else
        {
            Value = _next;
            Extend(IsLong ? bar.High : bar.Low);
        }

        _next = Outside(Value + (_factor * (_extreme - Value)), bar, previous);
    }

    private void Extend(double price)
    {
        if (IsLong ? price > _extreme : price < _extreme)
        {
            _extreme = price;
            _factor = Math.Min(_factor + _step, _limit);
        }
    }

    private double Outside(double stop, in BarInput bar, in BarInput previous) =>
        IsLong ? Math.Min(stop, Math.Min(previous.Low, bar.Low)) : Math.Max(stop, Math.Max(previous.High, bar.High));
}
