namespace AITrader.ExecutionEngine.Brokers.Parts;

/// <summary>What a broker tells by itself. It only says when to look: it may be missed, come late, twice or out of order, and the broker's
/// books say what is.</summary>
internal interface IBrokerUpdates
{
    /// <summary>Listens until cancelled, and calls when there is something to look at.</summary>
    Task RunAsync(Action wake, CancellationToken ct);
}
