using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Rate of change: 100 * (x - x of <c>period</c> inputs ago) / x of period inputs ago, in percent.</summary>
/// <remarks>0 before it is ready and where the earlier input is 0. Warm-up: period + 1 inputs. Constant time. For one thread.</remarks>
public sealed class Roc(int period = 10)
{
    private readonly Delay _earlier = new(period);

    /// <summary>Whether enough inputs were seen.</summary>
    public bool IsReady => _earlier.IsReady;

    /// <summary>The change in percent.</summary>
    public double Value { get; private set; }

    /// <summary>Takes the next input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input is not finite.</exception>
    public void Update(double input)
    {
        Input.Check(input);
        _earlier.Update(input);
        Value = _earlier.Value == 0 ? 0.0 : 100.0 * ((input - _earlier.Value) / _earlier.Value);
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _earlier.Save(writer);
        writer.Write(Value);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _earlier.Load(ref reader);
        Value = reader.ReadDouble();
    }
}
