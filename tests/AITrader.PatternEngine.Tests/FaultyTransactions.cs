using AITrader.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.PatternEngine.Tests;

/// <summary>Real transactions, of which some never reach Redis and some reach it without anyone hearing of it.</summary>
internal sealed class FaultyTransactions(int seed)
{
    private readonly Random _random = new(seed);

    public int Lost { get; private set; }

    public int Unconfirmed { get; private set; }

    public void Put(IServiceCollection services)
    {
        var real = services.Single(static service => service.ServiceType == typeof(IStreamTransactions));
        services.Remove(real);
        services.AddSingleton<IStreamTransactions>(provider => new Source(
            this,
            (IStreamTransactions)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!)
        ));
    }

    private async Task CommitAsync(IStreamTransaction real, CancellationToken ct)
    {
        var fate = _random.Next(4);
        if (fate == 0)
        {
            Lost++;
            throw new BusUnavailableException("lost on purpose");
        }

        await real.CommitAsync(ct);
        if (fate == 1)
        {
            Unconfirmed++;
            throw new BusUnavailableException("not confirmed on purpose");
        }
    }

    private sealed class Source(FaultyTransactions owner, IStreamTransactions real) : IStreamTransactions
    {
        public IStreamTransaction Begin() => new One(owner, real.Begin());
    }

    private sealed class One(FaultyTransactions owner, IStreamTransaction real) : IStreamTransaction
    {
        public IStreamTransaction Publish<T>(T message)
            where T : class => With(real.Publish(message));

        public IStreamTransaction PublishTo<T>(string stream, T message)
            where T : class => With(real.PublishTo(stream, message));

        public IStreamTransaction Acknowledge(string stream, string group, IReadOnlyList<string> ids) =>
            With(real.Acknowledge(stream, group, ids));

        public IStreamTransaction SetState(string key, ReadOnlyMemory<byte> value) => With(real.SetState(key, value));

        public IStreamTransaction SetState(string key, ReadOnlyMemory<byte> value, long fence) => With(real.SetState(key, value, fence));

        public IStreamTransaction SetWatermark(string run, string stage, long seq) => With(real.SetWatermark(run, stage, seq));

        public Task CommitAsync(CancellationToken ct) => owner.CommitAsync(real, ct);

        private One With(IStreamTransaction _) => this;
    }
}
