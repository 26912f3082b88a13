using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Stochastic of the RSI: raw = 100 * (rsi - lowest rsi) / (highest rsi - lowest rsi) of the last <c>period</c> RSI values; %K =
/// SMA(raw), %D = SMA(%K).</summary>
/// <remarks>Raw is 50 where the range is below 1e-9. Warm-up in prices: rsiPeriod + period for raw, + kSmoothing - 1 for %K, + dSmoothing -
/// 1 more for %D.
/// Source: T. Chande, S. Kroll, The New Technical Trader, 1994. Constant time a price on average. For one thread.</remarks>
public sealed class StochasticRsi(int rsiPeriod = 14, int period = 14, int kSmoothing = 3, int dSmoothing = 3)
{
    /// <summary>Where prices stand still gains and losses fade in step: what then moves the RSI is rounding.</summary>
    private const double Rounding = 1e-9;

    private readonly PriceWindow _window = new(Period.Checked(period));
    private readonly Sma _k = new(kSmoothing);
    private readonly Sma _d = new(dSmoothing);
    private Rsi _rsi = new(rsiPeriod);
    private double _last;
    private bool _started;

    /// <summary>Whether %D is ready.</summary>
    public bool IsReady => _d.IsReady;

    /// <summary>Whether %K is ready.</summary>
    public bool IsKReady => _k.IsReady;

    /// <summary>Whether <see cref="Raw"/> is ready.</summary>
    public bool IsRawReady => _window.IsFull;

    /// <summary>Where the last RSI lies in its window, 0 to 100; 0 before the first RSI.</summary>
    public double Raw { get; private set; }

    /// <summary>%K, 0 to 100.</summary>
    public double K => _k.Value;

    /// <summary>%D, 0 to 100.</summary>
    public double D => _d.Value;

    /// <summary>Takes the next price.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input is not finite.</exception>
    public void Update(double price)
    {
        Input.Check(price);
        if (_started)
        {
            _rsi.Update(price - _last);
        }

        _started = true;
        _last = price;
        if (_rsi.IsReady)
        {
            Place(_rsi.Value);
        }
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _window.Save(writer);
        _k.Save(writer);
        _d.Save(writer);
        _rsi.Save(writer);
        writer.Write(_last);
        writer.Write(_started);
        writer.Write(Raw);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _window.Load(ref reader);
        _k.Load(ref reader);
        _d.Load(ref reader);
        _rsi.Load(ref reader);
        _last = reader.ReadDouble();
        _started = reader.ReadBoolean();
        Raw = reader.ReadDouble();
    }

    private void Place(double rsi)
    {
        _window.Push(rsi);
        Raw = _window.High - _window.Low < Rounding ? RangePercent.Middle : RangePercent.Of(rsi, _window.Low, _window.High);
        if (IsRawReady)
        {
            _k.Update(Raw);
        }

        if (IsKReady)
        {
            _d.Update(K);
        }
    }
}
