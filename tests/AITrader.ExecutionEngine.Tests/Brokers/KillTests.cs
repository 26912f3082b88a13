using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.Trading.TestBench;

namespace AITrader.ExecutionEngine.Tests.Brokers;

/// <summary>A process that is killed at a step of an order's way, for real; another one takes over.</summary>
public sealed class KillTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aitrader-kill-");
    private BrokerBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await BrokerBench.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(OrderPath.OrderTaken)]
    [InlineData(OrderPath.OrderCommitted)]
    [InlineData(OrderPath.OrderSending)]
    [InlineData(OrderPath.OrderSent)]
    [InlineData(OrderPath.OrderAnswered)]
    [InlineData(OrderPath.AnswerCommitted)]
    public async Task The_next_process_looks_the_order_up_before_it_sends_anything(string step)
    {
        var file = Path.Combine(_folder.FullName, "stop");
        await File.WriteAllTextAsync(file, step, TestContext.Current.CancellationToken);
        await using (var process = await _bench.StartProcessAsync((OrderPathProbe.Setting, file)))
        {
            await _bench.Bench.Bus.PublishAsync(BrokerBench.Message(1), TestContext.Current.CancellationToken);
            await Bench.UntilAsync(
                () => Task.FromResult(process.Output.Any(line => line.Contains($"Stopped at {step}", StringComparison.Ordinal))),
                $"the process to stop at {step}"
            );
            await process.KillAsync();
        }

        await _bench.StartEngineAsync(null, ("Broker:WhenUnseen", "send"));
        await _bench.UntilAsync(BrokerBench.Id(1), "FILLED");
        await _bench.AssertBooksAsync();
        Assert.Single((await _bench.LedgerAsync()).Orders);
    }
}
