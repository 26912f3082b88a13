namespace AITrader.Signals.Patterns;

/// <summary>What one tick brought, in the caller's memory.</summary>
internal ref struct Detections(Span<Detection> found)
{
    private readonly Span<Detection> _found = found;

    internal int Count { get; private set; }

    internal void Add(in Detection detection) => _found[Count++] = detection;
}
