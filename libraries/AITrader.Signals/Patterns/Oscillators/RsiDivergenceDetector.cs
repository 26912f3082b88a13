using AITrader.Signals.Patterns.PriceAction;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.Oscillators;

/// <summary>A higher pivot high at a lower RSI, or a lower pivot low at a higher one: the movement has lost its strength.</summary>
/// <remarks>It is found when the second pivot becomes known, k bars after it.</remarks>
internal sealed class RsiDivergenceDetector : IBarDetector
{
    private const double Middle = 50.0;

    private readonly double _least;
    private readonly double _zone;
    private readonly int _maxBars;
    private SignalGate _gate;

    internal RsiDivergenceDetector(PatternValues values)
    {
        _least = values["MinRsi"];
        _zone = values["Zone"];
        _maxBars = values.Count("MaxBars");
        _gate = new SignalGate(values);
    }

    public void Update(BarSeries series, ref Detections found)
    {
        var pivots = series.Pivots;
        if (!pivots.HasNew || pivots.Count < 3)
        {
            return;
        }

        ref readonly var newer = ref pivots[0];
        ref readonly var older = ref pivots[2];
        var sign = newer.Sign;
        var isFurther = (newer.Price - older.Price) * sign > 0;
        var lost = (older.Rsi - newer.Rsi) * sign;
        var wasStrong = (older.Rsi - Middle) * sign >= _zone;

        // RSI that was not ready is not a number, and satisfies none of these.
        if (isFurther && wasStrong && lost >= _least && newer.Bar - older.Bar <= _maxBars)
        {
            _gate.TryPass(
                series.Micros,
                SignalGate.Toward(-sign),
                SignalGate.Saturate(lost, _least),
                ref found,
                older.Price,
                newer.Price,
                older.Rsi,
                newer.Rsi,
                newer.Bar - older.Bar
            );
        }
    }

    public void Save(StateWriter writer) => _gate.Save(writer);

    public void Load(ref StateReader reader) => _gate.Load(ref reader);
}
