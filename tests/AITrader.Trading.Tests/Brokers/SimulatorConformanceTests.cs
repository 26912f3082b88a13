using AITrader.TestSupport.Brokers;

namespace AITrader.Trading.Tests.Brokers;

/// <summary>The simulator does what every broker does.</summary>
public sealed class SimulatorConformanceTests : BrokerConformanceTests
{
    protected override Task<BrokerStage> StartAsync() => Task.FromResult<BrokerStage>(new SimulatorStage());
}
