using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Kaufman's adaptive moving average: value + c * (x - value) with c = (er * (f - s) + s)^2, f = 2 / (fast + 1), s = 2 / (slow +
/// 1).</summary>
/// <remarks>
/// er = |x - x of period inputs ago| / sum of the last period absolute changes; 1 where nothing moved. Warm-up: period + 1 inputs; the
/// first average starts
/// from the input before it, and before it the value is the last input. Source: P. Kaufman, Trading Systems and Methods; seed as in TA-Lib.
/// Constant time an input on average. For one thread.
/// </remarks>
public sealed class Kama(int period, int fast = 2, int slow = 30)
{
    private readonly double _fast = 2.0 / (Period.Checked(fast) + 1);
    private readonly double _slow = 2.0 / (Period.Above(slow, fast) + 1);
    private readonly Delay _delay = new(period);
    private readonly RollingSum _path = new(period);
    private double _last;
    private bool _started;

    /// <summary>Whether enough inputs were seen.</summary>
    public bool IsReady => _delay.IsReady;

    /// <summary>The average.</summary>
    public double Value { get; private set; }

    /// <summary>Takes the next input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input is not finite.</exception>
    public void Update(double input)
    {
        Input.Check(input);
        if (_started)
        {
            _path.Update(Math.Abs(input - _last));
        }

        _started = true;
        _last = input;
        _delay.Update(input);
        Value = IsReady ? Value + (Smoothing(input) * (input - Value)) : input;
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _delay.Save(writer);
        _path.Save(writer);
        writer.Write(_last);
        writer.Write(_started);
        writer.Write(Value);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _delay.Load(ref reader);
        _path.Load(ref reader);
        _last = reader.ReadDouble();
        _started = reader.ReadBoolean();
        Value = reader.ReadDouble();
    }

    private double Smoothing(double input)
    {
        // A path that is no longer than the way, and that of a market in which nothing moved, is a straight one.
        var way = Math.Abs(input - _delay.Value);
        var path = _path.Sum;
        var ratio = path <= way ? 1.0 : way / path;
        var root = (ratio * (_fast - _slow)) + _slow;
        return root * root;
    }
}
