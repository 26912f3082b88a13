using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Bollinger bands: the mean of the last <c>period</c> inputs, and that plus and minus <c>width</c> population standard
/// deviations.</summary>
/// <remarks>Warm-up: period inputs. Period steps an input. Source: J. Bollinger, Bollinger on Bollinger Bands. For one thread.</remarks>
public sealed class BollingerBands(int period = 20, double width = 2.0)
{
    private readonly double _width = Period.Width(width);
    private readonly RollingMoments _moments = new(period);
    private double _last;

    /// <summary>Whether the window is full.</summary>
    public bool IsReady => _moments.IsReady;

    /// <summary>The mean.</summary>
    public double Middle => _moments.Mean;

    /// <summary>Mean + width * deviation.</summary>
    public double Upper => Middle + (_width * _moments.StdDev);

    /// <summary>Mean - width * deviation.</summary>
    public double Lower => Middle - (_width * _moments.StdDev);

    /// <summary>100 * (upper - lower) / middle: percent of the mean; 0 where the mean is 0.</summary>
    public double BandWidth => Middle == 0 ? 0.0 : 100.0 * (Upper - Lower) / Middle;

    /// <summary>(last input - lower) / (upper - lower): 0 at the lower band, 1 at the upper; 0.5 where they are equal.</summary>
    public double PercentB => RangePercent.Of(_last, Lower, Upper) / 100.0;

    /// <summary>Takes the next input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input is not finite.</exception>
    public void Update(double input)
    {
        Input.Check(input);
        _last = input;
        _moments.Update(input);
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _moments.Save(writer);
        writer.Write(_last);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _moments.Load(ref reader);
        _last = reader.ReadDouble();
    }
}
