using AITrader.Signals.Bars;
using AITrader.Signals.Catalogue;

namespace AITrader.Signals.Engine;

/// <summary>How an engine is laid out. Signals do not depend on it.</summary>
public sealed record EngineSettings
{
    /// <summary>Maximum number of shards.</summary>
    public const int MaxShards = 64;

    /// <summary>Parameters of the patterns.</summary>
    public PatternSettings Patterns { get; init; } = PatternSettings.Default;

    /// <summary>Threads, each the only writer of its symbols.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Slots of each ring, a power of two above the most detections of two ticks.</summary>
    public int RingCapacity { get; init; } = 4_096;

    /// <summary>Looks at an empty ring, some nanoseconds each, before the thread sleeps. More is sooner awake and burns a core.</summary>
    public int Spins { get; init; } = 2_000;

    /// <summary>
    /// For measurements: where shards write, at the tick's number modulo the length, the stopwatch ticks at which a tick and its signals
    /// were through. A look at the clock for each
    /// tick, so none by default.
    /// </summary>
    public long[]? HandledAt { get; init; }

    /// <summary>As many shards as leave a core to what feeds them and a core to the rest: 1 on two cores, at most 8.</summary>
    public static int DefaultShards(int cores) => Math.Clamp(cores - 2, 1, 8);

    /// <summary>The longest window of last prices that any symbol has.</summary>
    internal int MaxWindow => All.Max(static parameters => parameters.Window);

    /// <summary>The most numbers of last bars that any symbol has.</summary>
    internal int MaxBarNumbers => BarTail.Channels * All.Max(static parameters => parameters.ClassBars);

    private IEnumerable<PatternParameters> All => Patterns.Overrides.Values.Append(Patterns.Defaults);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Shards, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Shards, MaxShards);
        ArgumentOutOfRangeException.ThrowIfLessThan(RingCapacity, 2 * Patterns.Catalogue.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(Spins);
        ArgumentOutOfRangeException.ThrowIfZero(HandledAt?.Length ?? 1, nameof(HandledAt));
    }
}
