namespace AITrader.Messaging;

/// <summary>How far each stage of a replay has come: every effect of the ticks up to the watermark is durable.</summary>
public interface IWatermarks
{
    /// <summary>The watermark of a stage; 0 where it has none yet.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<long> GetAsync(string run, string stage, CancellationToken ct);

    /// <summary>Raises the watermark of a stage; a lower value than the present one changes nothing.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm it.</exception>
    Task AdvanceAsync(string run, string stage, long seq, CancellationToken ct);

    /// <summary>Waits until the watermark of a stage is at least <paramref name="atLeast"/>, and returns the value seen.</summary>
    /// <remarks>Rides out an unreachable Redis; only cancellation ends it early.</remarks>
    Task<long> WaitForAsync(string run, string stage, long atLeast, CancellationToken ct);
}
