using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Exponential moving average; its first value is the mean of the first <c>period</c> inputs, alpha = 2 / (period + 1).</summary>
public struct Ema(int period)
{
    private readonly int _period = Period.Checked(period);
    private readonly double _alpha = 2.0 / (period + 1);
    private int _seen;
    private double _sum;

    /// <summary>Whether enough inputs were seen.</summary>
    public readonly bool IsReady => _seen >= _period;

    /// <summary>The average; before <see cref="IsReady"/> the mean of what was seen.</summary>
    public double Value { get; private set; }

    /// <summary>Takes the next input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input is not finite.</exception>
    public void Update(double input)
    {
        Input.Check(input);
        if (_seen >= _period)
        {
            Value = Fading.Rest(Value + (_alpha * (input - Value)));
            return;
        }

        _sum += input;
        _seen++;
        Value = _sum / _seen;
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public readonly void Save(StateWriter writer)
    {
        writer.Write(_seen);
        writer.Write(_sum);
        writer.Write(Value);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _seen = reader.ReadInt32(0, _period);
        _sum = reader.ReadDouble();
        Value = reader.ReadDouble();
    }
}
