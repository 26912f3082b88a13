using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Wilder's relative strength index of changes: 100 - 100 / (1 + average gain / average loss).</summary>
/// <remarks>
/// While nothing moves both averages shrink by the same share, so the index stays. As binary64 would lose their ratio in the end, averages
/// that are both below 1e-100 stay as they are
/// until something moves.
/// </remarks>
public struct Rsi(int period)
{
    private const double Neutral = 50.0;

    private WilderAverage _gain = new(period);
    private WilderAverage _loss = new(period);

    /// <summary>Whether enough changes were seen.</summary>
    public readonly bool IsReady => _gain.IsReady;

    /// <summary>The index in [0, 100]; 100 where nothing fell, 50 where nothing moved.</summary>
    public readonly double Value => Of(_gain.Value, _loss.Value);

    /// <summary>Takes the next change.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input is not finite.</exception>
    public void Update(double change)
    {
        Input.Check(change);
        var (gain, loss) = (_gain, _loss);
        _gain.Update(Math.Max(change, 0.0));
        _loss.Update(Math.Max(-change, 0.0));
        if (gain.IsReady && Math.Max(_gain.Value, _loss.Value) < WilderAverage.Still)
        {
            (_gain, _loss) = (gain, loss);
        }
    }

    internal static double Of(double gain, double loss)
    {
        if (loss == 0)
        {
            return gain == 0 ? Neutral : 100.0;
        }

        return 100.0 - (100.0 / (1.0 + (gain / loss)));
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public readonly void Save(StateWriter writer)
    {
        _gain.Save(writer);
        _loss.Save(writer);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _gain.Load(ref reader);
        _loss.Load(ref reader);
    }
}
