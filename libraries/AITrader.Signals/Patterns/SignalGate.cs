using AITrader.Domain.Signals;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns;

/// <summary>What all detectors of the registry end with: the cool-down, and the detection.</summary>
internal struct SignalGate
{
    private readonly int _pattern;
    private readonly double _horizon;
    private CoolDown _coolDown;

    internal SignalGate(PatternValues values)
    {
        _pattern = values.Pattern;
        _horizon = values.HorizonSeconds;
        _coolDown = new CoolDown(values.Cooldown);
    }

    /// <summary>Adds a detection, unless it is too early for another one.</summary>
    internal bool TryPass(long micros, SignalDirection direction, double score, ref Detections found, params ReadOnlySpan<double> evidence)
    {
        if (!_coolDown.TryEnter(micros))
        {
            return false;
        }

        found.Add(
            new Detection
            {
                Pattern = _pattern,
                Direction = direction,
                Score = score,
                HorizonSeconds = _horizon,
            }.With(evidence)
        );
        return true;
    }

    internal readonly void Save(StateWriter writer) => _coolDown.Save(writer);

    internal void Load(ref StateReader reader) => _coolDown.Load(ref reader);

    /// <summary>The direction of a sign; above 0 is up.</summary>
    internal static SignalDirection Toward(double sign) => sign > 0 ? SignalDirection.Bullish : SignalDirection.Bearish;

    /// <summary>Size as a score: x / (x + half), one half where the size is <paramref name="half"/>; 0 where there is none.</summary>
    internal static double Saturate(double size, double half) => size > 0 ? size / (size + Math.Max(half, 0.0)) : 0.0;
}
