using AITrader.Contracts.Messages;
using AITrader.Domain.Brokers;
using AITrader.ExecutionEngine.Accounts;
using AITrader.Storage.Brokers;
using AITrader.Trading.Engine;
using AITrader.Trading.Risk;

namespace AITrader.ExecutionEngine.Brokers;

/// <summary>Live orders are executed by the simulator.</summary>
internal sealed class SimulatedVenue(SimulatedFees fees, BrokerOrderReader reader) : IExecutionVenue
{
    public BrokerCapabilities? Capabilities => null;

    public FeeOf? Fees => fees.Fees;

    public Denial? RefusalOf(OrderMessage message) => fees.RefusalOf(message);

    // Their executions would be simulated here and be real there.
    public async Task<IBrokerSession?> OpenAsync(DeskAccount deskAccount, CancellationToken ct) =>
        await reader.OpenAsync(ct) is [var first, ..] open
            ? throw new InvalidOperationException(
                $"{open.Count} orders are at the broker {first.Broker}, and Execution:Broker is simulator: set it back until they are done."
            )
            : null;
}

/// <summary>Fees of simulated executions: by a table where one is set, else those of the instruments.</summary>
internal sealed class SimulatedFees(FeeBook? table)
{
    public FeeOf? Fees => table is null ? null : table.Of;

    public Denial? RefusalOf(OrderMessage message) => table?.RefusalOf(message.Symbol, message.Timestamp);
}
