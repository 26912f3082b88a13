using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Moving average convergence/divergence: EMA(fast) - EMA(slow), its EMA(signal), and their difference.</summary>
/// <remarks>Every EMA starts with the mean of its first inputs; the signal takes nothing before the slow average is ready. Warm-up: slow
/// inputs for
/// <see cref="Value"/>, slow + signal - 1 for <see cref="Signal"/>. Source: G. Appel. Constant time. For one thread.</remarks>
public sealed class Macd(int fast = 12, int slow = 26, int signal = 9)
{
    private Ema _fast = new(fast);
    private Ema _slow = new(Period.Above(slow, fast));
    private Ema _signal = new(signal);

    /// <summary>Whether the signal line is ready.</summary>
    public bool IsReady => _signal.IsReady;

    /// <summary>Whether <see cref="Value"/> is ready.</summary>
    public bool IsLineReady => _fast.IsReady && _slow.IsReady;

    /// <summary>EMA(fast) - EMA(slow).</summary>
    public double Value => _fast.Value - _slow.Value;

    /// <summary>EMA(signal) of the line.</summary>
    public double Signal => _signal.Value;

    /// <summary>Line less signal.</summary>
    public double Histogram => Value - Signal;

    /// <summary>Takes the next input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input is not finite.</exception>
    public void Update(double input)
    {
        Input.Check(input);
        _fast.Update(input);
        _slow.Update(input);
        if (IsLineReady)
        {
            _signal.Update(Value);
        }
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _fast.Save(writer);
        _slow.Save(writer);
        _signal.Save(writer);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _fast.Load(ref reader);
        _slow.Load(ref reader);
        _signal.Load(ref reader);
    }
}
