using System.Threading.Channels;
using AITrader.Domain.Brokers;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Brokers.News;
using AITrader.ExecutionEngine.Brokers.Parts;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Tests.Brokers;

/// <summary>A broker's books are read one after the other, and it trades in between.</summary>
public sealed class PollerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Positions_of_other_executions_than_those_that_were_read_are_not_compared()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        using var poller = new BrokerPoller(
            new TradingBroker(),
            Options.Create(new BrokerOptions { PollInterval = TimeSpan.FromMilliseconds(50) }),
            new BrokerState(),
            new CrashingProbe("none"),
            TimeProvider.System
        );
        var facts = Channel.CreateUnbounded<BrokerFact>();
        var polling = poller.RunAsync(facts.Writer, end.Token);

        var (first, second) = (await NextAsync(facts.Reader), await NextAsync(facts.Reader));
        Assert.Equal((0, true), (first.Executions.Count, first.Positions is null));
        Assert.Equal((1, 10m), (second.Executions.Count, Assert.Single(second.Positions!).Quantity));
        await end.CancelAsync();
        await polling;
    }

    private static async Task<BrokerBooks> NextAsync(ChannelReader<BrokerFact> facts)
    {
        var read = Assert.IsType<BrokerFact.Read>(await facts.ReadAsync(Ct));
        read.Stored.SetResult();
        return read.Books;
    }

    /// <summary>Trades once, after its executions were read for the first time.</summary>
    private sealed class TradingBroker : IBroker
    {
        private int _reads;

        public string Name => "test";

        public BrokerCapabilities Capabilities => BrokerCapabilities.None;

        public string TagOf(Guid orderId) => "tag";

        public Task<BrokerAnswer> PlaceAsync(OrderRequest request, CancellationToken ct) => throw new NotSupportedException();

        public Task<BrokerAnswer> ModifyAsync(string brokerOrderId, OrderRequest changed, CancellationToken ct) =>
            throw new NotSupportedException();

        public Task<BrokerAnswer> CancelAsync(string brokerOrderId, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<BrokerOrder>> GetOrdersAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<BrokerOrder>>([]);

        public Task<IReadOnlyList<BrokerExecution>> GetExecutionsAsync(CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<BrokerExecution>>(
                ++_reads == 1 ? [] : [new BrokerExecution("1", "1", BrokerBench.Symbol, Side.Buy, 10m, 1500m, DateTimeOffset.UnixEpoch)]
            );

        public Task<IReadOnlyList<BrokerPosition>> GetPositionsAsync(CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<BrokerPosition>>([new BrokerPosition(BrokerBench.Symbol, "MIS", 10m, 1500m)]);

        public Task<decimal> GetAvailableFundsAsync(CancellationToken ct) => Task.FromResult(1_000m);
    }
}
