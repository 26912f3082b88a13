using AITrader.Contracts.Messages;
using AITrader.Domain.Brokers;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Brokers.News;
using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.Storage.Brokers;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;
using AITrader.Trading.Risk;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Brokers;

/// <summary>Live orders are executed by a broker.</summary>
internal sealed class BrokerVenue(
    IBroker broker,
    IBrokerUpdates updates,
    FeeBook fees,
    SimulatedFees simulated,
    BrokerState state,
    BrokerPoller poller,
    BrokerOrderReader reader,
    BrokerMetrics metrics,
    IOrderPathProbe probe,
    IOptions<BrokerOptions> options,
    IOptions<ExecutionOptions> execution,
    TimeProvider time,
    ILogger<BrokerVenue> log
) : IExecutionVenue
{
    // The broker tells of its day; a part that was done longer ago is told of no more.
    private static readonly TimeSpan Remembers = TimeSpan.FromDays(2);

    public BrokerCapabilities? Capabilities => broker.Capabilities;

    // Replays are simulated all the same.
    public FeeOf? Fees => simulated.Fees;

    public Denial? RefusalOf(OrderMessage message) =>
        message.Run.Length > 0 ? simulated.RefusalOf(message)
        : message.Symbol.Contains(':', StringComparison.Ordinal) ? fees.RefusalOf(message.Symbol, time.GetUtcNow())
        : Denial.Of("NOT_AT_BROKER", ("broker", broker.Name), ("symbol", message.Symbol));

    public async Task<IBrokerSession?> OpenAsync(DeskAccount deskAccount, CancellationToken ct)
    {
        var parts = new PartsAtBroker();
        foreach (var row in await reader.ReadAsync(broker.Name, time.GetUtcNow() - Remembers, ct))
        {
            parts.Add(new PartAtBroker(row));
            if (row is { Ending.Length: > 0, State: not BrokerOrderStates.Done })
            {
                deskAccount.Desk.RestoreEnding(row.OrderId, row.Ending);
            }
        }

        deskAccount.Desk.IsAgreed = false;
        state.Begins(broker.Name);
        poller.CompareNext();
        var context = new BrokerContext(
            broker,
            deskAccount,
            parts,
            options.Value,
            execution.Value.MaxOrderAge,
            fees.Of,
            reader,
            metrics,
            time,
            log
        );
        return new BrokerSession(context, state, probe, poller, updates);
    }
}
