using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Mean, variance and z-score of the last <c>period</c> inputs.</summary>
/// <remarks>
/// One pass over the window, period steps an input: nothing is carried from window to window, so nothing drifts, and equal inputs give a
/// variance of
/// exactly 0. Distances are taken from the last input. As that is one of the window, its squared distance from the mean is at most period -
/// 1 times the variance: what cancels
/// out costs digits by the period, never by how far the window lies from 0. Warm-up: period inputs; before them the same over what was
/// seen. For one thread. The mean of all
/// inputs is <see cref="Moments"/>.
/// </remarks>
public sealed class RollingMoments(int period)
{
    private readonly RollingValues _window = new(period);
    private double _squares;
    private double _last;

    /// <summary>Whether the window is full.</summary>
    public bool IsReady => _window.IsReady;

    /// <summary>Mean of the window.</summary>
    public double Mean { get; private set; }

    /// <summary>Population variance (divided by the count); 0 before the first input.</summary>
    public double Variance => _window.Count == 0 ? 0.0 : _squares / _window.Count;

    /// <summary>Population standard deviation.</summary>
    public double StdDev => Math.Sqrt(Variance);

    /// <summary>Sample variance (divided by the count - 1); 0 below two inputs.</summary>
    public double SampleVariance => _window.Count < 2 ? 0.0 : _squares / (_window.Count - 1);

    /// <summary>(last input - mean) / population standard deviation; 0 where that is 0.</summary>
    public double ZScore => _squares == 0 ? 0.0 : (_last - Mean) / StdDev;

    /// <summary>Takes the next input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input is not finite.</exception>
    public void Update(double input)
    {
        Input.Check(input);
        _window.Update(input);
        var (sum, squares) = _window.DistancesFrom(input);
        var away = sum / _window.Count;
        Mean = input + away;
        _squares = Math.Max(0.0, squares - (sum * away));
        _last = input;
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _window.Save(writer);
        writer.Write(_squares);
        writer.Write(Mean);
        writer.Write(_last);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _window.Load(ref reader);
        _squares = reader.ReadDouble();
        Mean = reader.ReadDouble();
        _last = reader.ReadDouble();
    }
}
