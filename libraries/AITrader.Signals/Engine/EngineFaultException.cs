namespace AITrader.Signals.Engine;

/// <summary>A shard met a bug and stopped. The engine is of no more use; what was committed before is whole.</summary>
public sealed class EngineFaultException(int shard, Exception cause) : Exception($"Shard {shard} stopped: {cause.Message}", cause)
{
    /// <summary>The shard.</summary>
    public int Shard { get; } = shard;
}
