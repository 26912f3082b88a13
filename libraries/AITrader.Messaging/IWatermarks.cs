namespace AITrader.Messaging;

/// <summary>The progress of each processing stage of a replay: all effects of the ticks up to the watermark are stored.</summary>
public interface IWatermarks
{
    /// <summary>Returns the watermark of a stage; 0 where the stage has none yet.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<long> GetAsync(string run, string stage, CancellationToken ct);

    /// <summary>Raises the watermark of a stage; a lower value than the present one changes nothing.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm the watermark.</exception>
    Task AdvanceAsync(string run, string stage, long seq, CancellationToken ct);

    /// <summary>Waits until the watermark of a stage is at least <paramref name="atLeast"/>, and returns the watermark.</summary>
    /// <remarks>While Redis is unreachable the call waits; only cancellation ends it early.</remarks>
    Task<long> WaitForAsync(string run, string stage, long atLeast, CancellationToken ct);
}
