using AITrader.TestSupport.Brokers;

namespace AITrader.MockMcp.Tests.KiteBrokers;

/// <summary>Kite does what every broker does.</summary>
public sealed class KiteConformanceTests : BrokerConformanceTests
{
    protected override async Task<BrokerStage> StartAsync() => await KiteStage.StartAsync();
}
