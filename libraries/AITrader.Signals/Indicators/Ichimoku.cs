using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Ichimoku Kinko Hyo: middles of the high-low range of three windows, and the cloud they cast ahead.</summary>
/// <remarks>
/// Conversion, base and leading B = (highest high + lowest low) / 2 of their windows; leading A = (conversion + base) / 2. What is drawn
/// <c>displacement</c> bars ahead is here, at the last bar, what was computed displacement bars ago (<see cref="CloudA"/>,
/// <see cref="CloudB"/>), so nothing looks ahead; the
/// lagging line compares the close with <see cref="LaggedClose"/>. Warm-up in bars: each window; leading B's window + displacement for the
/// cloud.
/// Source: G. Hosoda. Constant time a bar on average. For one thread.
/// </remarks>
public sealed class Ichimoku(int conversion = 9, int baseline = 26, int leading = 52, int displacement = 26)
{
    private readonly HighLowWindow _conversion = new(conversion);
    private readonly HighLowWindow _base = new(baseline);
    private readonly HighLowWindow _leading = new(leading);
    private readonly Delay _cloudA = new(displacement);
    private readonly Delay _cloudB = new(displacement);
    private readonly Delay _close = new(displacement);

    /// <summary>Whether everything, the cloud included, is ready.</summary>
    public bool IsReady => _cloudA.IsReady && _cloudB.IsReady;

    /// <summary>Whether conversion and base are ready.</summary>
    public bool IsBaseReady => _conversion.IsReady && _base.IsReady;

    /// <summary>Whether leading B is ready.</summary>
    public bool IsLeadingReady => _leading.IsReady;

    /// <summary>Conversion line (tenkan-sen).</summary>
    public double Conversion => _conversion.Middle;

    /// <summary>Base line (kijun-sen).</summary>
    public double Base => _base.Middle;

    /// <summary>Leading span A (senkou span A) as computed at this bar.</summary>
    public double LeadingA => (Conversion + Base) / 2.0;

    /// <summary>Leading span B (senkou span B) as computed at this bar.</summary>
    public double LeadingB => _leading.Middle;

    /// <summary>Leading span A that lies over this bar; 0 before it is there.</summary>
    public double CloudA => _cloudA.Value;

    /// <summary>Leading span B that lies over this bar; 0 before it is there.</summary>
    public double CloudB => _cloudB.Value;

    /// <summary>The close of displacement bars ago, over which the lagging span (chikou span) is drawn; 0 before it is there.</summary>
    public double LaggedClose => _close.Value;

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        _conversion.Update(bar);
        _base.Update(bar);
        _leading.Update(bar);
        _close.Update(bar.Close);
        if (IsBaseReady)
        {
            _cloudA.Update(LeadingA);
        }

        if (IsLeadingReady)
        {
            _cloudB.Update(LeadingB);
        }
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _conversion.Save(writer);
        _base.Save(writer);
        _leading.Save(writer);
        _cloudA.Save(writer);
        _cloudB.Save(writer);
        _close.Save(writer);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _conversion.Load(ref reader);
        _base.Load(ref reader);
        _leading.Load(ref reader);
        _cloudA.Load(ref reader);
        _cloudB.Load(ref reader);
        _close.Load(ref reader);
    }
}
