using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Welford's running mean and variance.</summary>
public struct Moments
{
    private double _squares;

    /// <summary>Inputs seen.</summary>
    public long Count { get; private set; }

    /// <summary>Mean of the inputs.</summary>
    public double Mean { get; private set; }

    /// <summary>Sample variance (divided by count - 1); 0 below two inputs.</summary>
    public readonly double Variance => Count < 2 ? 0.0 : _squares / (Count - 1);

    /// <summary>Sample standard deviation.</summary>
    public readonly double StdDev => Math.Sqrt(Variance);

    /// <summary>(input - mean) / sample standard deviation; 0 where that is 0.</summary>
    public readonly double ZScore(double input) => _squares == 0 || Count < 2 ? 0.0 : (input - Mean) / StdDev;

    /// <summary>Takes the next input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input is not finite.</exception>
    public void Update(double input)
    {
        Input.Check(input);
        Count++;
        var delta = input - Mean;
        Mean += delta / Count;
        _squares += delta * (input - Mean);
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public readonly void Save(StateWriter writer)
    {
        writer.Write(Count);
        writer.Write(Mean);
        writer.Write(_squares);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        Count = reader.ReadInt64();
        Mean = reader.ReadDouble();
        _squares = reader.ReadDouble();
    }
}
