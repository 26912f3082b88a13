using AITrader.Storage.Outbox;

namespace AITrader.ExecutionEngine.Tests.Support;

/// <summary>A bus that is away after PostgreSQL has what is to be published.</summary>
internal sealed class FailingRelay(IOutboxRelay inner) : IOutboxRelay
{
    public bool Fails { get; set; }

    public Task<int> FlushAsync(CancellationToken ct) => Fails ? throw new TimeoutException("the bus is away") : inner.FlushAsync(ct);
}
