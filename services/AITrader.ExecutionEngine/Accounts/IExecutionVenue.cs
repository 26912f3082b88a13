using AITrader.Contracts.Messages;
using AITrader.Domain.Brokers;
using AITrader.Storage.Accounts;
using AITrader.Trading.Engine;
using AITrader.Trading.Risk;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>Where live orders are executed: at a broker, or here by the simulator.</summary>
internal interface IExecutionVenue
{
    /// <summary>What the broker takes as it is; null where live orders are simulated.</summary>
    BrokerCapabilities? Capabilities { get; }

    /// <summary>Fees by a published table; null where those of the instruments hold.</summary>
    FeeOf? Fees { get; }

    /// <summary>Why an order cannot be executed there, whatever the desk thinks of it; null where it can.</summary>
    Denial? RefusalOf(OrderMessage message);

    /// <summary>Takes up what is at the broker; null where live orders are simulated.</summary>
    /// <exception cref="InvalidOperationException">Orders are at a broker that is not configured any more.</exception>
    Task<IBrokerSession?> OpenAsync(DeskAccount deskAccount, CancellationToken ct);
}

/// <summary>The broker's side of an account, from one load of it to the next failure. One caller at a time.</summary>
internal interface IBrokerSession : IAsyncDisposable
{
    /// <summary>Completes when there is news to be taken.</summary>
    Task Arrival { get; }

    /// <summary>Puts what follows from the news into the work.</summary>
    Task TakeAsync(Work work, CancellationToken ct);

    /// <summary>What is to be stored with the work, and sent after it.</summary>
    IBrokerPlan Plan(Work work);

    /// <summary>The work is about to be stored, with this plan.</summary>
    Task CommittingAsync(IBrokerPlan plan, CancellationToken ct);

    /// <summary>The work is stored: what waited for that begins.</summary>
    Task CommittedAsync(IBrokerPlan plan, CancellationToken ct);
}

/// <summary>The broker's part of one transaction.</summary>
internal interface IBrokerPlan
{
    bool IsEmpty { get; }

    /// <summary>Writes within the transaction, after the orders; again from the start with each attempt.</summary>
    Task WriteAsync(AccountChange change, CancellationToken ct);
}
