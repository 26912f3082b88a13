using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Messaging;

namespace AITrader.PatternEngine.Classes;

/// <summary>A signal with the entry of its tick.</summary>
internal readonly record struct FoundSignal(Signal Signal, StreamEntry<Tick> Entry)
{
    /// <summary>The last bars before it, for a classifier; empty where there are too few, or nobody asks.</summary>
    public float[] Bars { get; init; } = [];
}
