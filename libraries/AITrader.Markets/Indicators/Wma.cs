using AITrader.Markets.State;

namespace AITrader.Markets.Indicators;

/// <summary>Linearly weighted moving average: the newest of <c>period</c> inputs weighs period, the oldest 1; divided by period * (period + 1) / 2.</summary>
/// <remarks>Warm-up: period inputs; before them the same over what was seen. Constant time an input on average. For one thread.</remarks>
public sealed class Wma(int period)
{
    private readonly RollingSum _sum = new(period);
    private double _weighted;

    /// <summary>Whether the window is full.</summary>
    public bool IsReady => _sum.IsReady;

    /// <summary>The average; 0 before the first input.</summary>
    public double Value => _sum.Count == 0 ? 0.0 : _weighted / (_sum.Count * (_sum.Count + 1.0) / 2.0);

    /// <summary>Takes the next input.</summary>
    public void Update(double input)
    {
        // In a full window every weight falls by one as the new input comes: that takes the plain sum away once.
        var falls = _sum.IsReady ? _sum.Sum : 0.0;
        _sum.Update(input);
        _weighted = _sum.IsTurn ? Weigh(_sum.Held) : _weighted - falls + (_sum.Count * input);
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _sum.Save(writer);
        writer.Write(_weighted);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _sum.Load(ref reader);
        _weighted = reader.ReadDouble();
    }

    private static double Weigh(ReadOnlySpan<double> values)
    {
        var weighted = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            weighted += (i + 1) * values[i];
        }

        return weighted;
    }
}
