using AITrader.Messaging;

namespace AITrader.ExecutionEngine.Tests.Support;

/// <summary>Loses every nth commit on the bus after PostgreSQL has its own: what a crash between commit and acknowledgement leaves
/// behind.</summary>
internal sealed class LossyTransactions(IStreamTransactions inner, int every) : IStreamTransactions
{
    private int _commits;

    public int Lost { get; private set; }

    public IStreamTransaction Begin() => new Lossy(inner.Begin(), this);

    private bool Loses()
    {
        var loses = ++_commits % every == 0;
        Lost += loses ? 1 : 0;
        return loses;
    }

    private sealed class Lossy(IStreamTransaction real, LossyTransactions owner) : IStreamTransaction
    {
        public IStreamTransaction Publish<T>(T message)
            where T : class
        {
            real.Publish(message);
            return this;
        }

        public IStreamTransaction PublishTo<T>(string stream, T message)
            where T : class
        {
            real.PublishTo(stream, message);
            return this;
        }

        public IStreamTransaction Acknowledge(string stream, string group, IReadOnlyList<string> ids)
        {
            real.Acknowledge(stream, group, ids);
            return this;
        }

        public IStreamTransaction SetState(string key, ReadOnlyMemory<byte> value)
        {
            real.SetState(key, value);
            return this;
        }

        public IStreamTransaction SetState(string key, ReadOnlyMemory<byte> value, long fence)
        {
            real.SetState(key, value, fence);
            return this;
        }

        public IStreamTransaction SetWatermark(string run, string stage, long seq)
        {
            real.SetWatermark(run, stage, seq);
            return this;
        }

        public Task CommitAsync(CancellationToken ct) =>
            owner.Loses() ? throw new BusUnavailableException("lost on purpose") : real.CommitAsync(ct);
    }
}
