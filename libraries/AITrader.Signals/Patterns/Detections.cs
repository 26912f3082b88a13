using AITrader.Domain.Signals;

namespace AITrader.Signals.Patterns;

/// <summary>What one tick brought, in the caller's memory.</summary>
internal ref struct Detections(Span<Detection> found, CoolDowns coolDowns)
{
    private readonly Span<Detection> _found = found;

    internal int Count { get; private set; }

    /// <summary>Adds a detection, unless it is too early for another one of this pattern.</summary>
    internal bool TryAdd(int pattern, long micros, SignalDirection direction, double score, params ReadOnlySpan<double> evidence)
    {
        if (!coolDowns.TryEnter(pattern, micros, out var horizonSeconds))
        {
            return false;
        }

        _found[Count++] = new Detection
        {
            Pattern = pattern,
            Direction = direction,
            Score = score,
            HorizonSeconds = horizonSeconds,
        }.With(evidence);
        return true;
    }
}
