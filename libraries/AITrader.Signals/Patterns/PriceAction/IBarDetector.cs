using AITrader.Signals.State;

namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>A pattern that looks at each closed bar. For one thread.</summary>
internal interface IBarDetector
{
    /// <summary>Looks at the bar that was just closed: <c>series[0]</c>.</summary>
    void Update(BarSeries series, ref Detections found);

    /// <summary>Writes what the next bars depend on.</summary>
    void Save(StateWriter writer);

    /// <summary>Goes on where <see cref="Save"/> was called.</summary>
    void Load(ref StateReader reader);
}
