using AITrader.Domain.Brokers;

namespace AITrader.ExecutionEngine.Brokers.Parts;

/// <summary>Something that is known of the broker now, for the one who keeps the books.</summary>
internal abstract record BrokerFact
{
    private BrokerFact() { }

    /// <summary>The session begins: what an earlier one sent, or not, is unknown.</summary>
    internal sealed record Restarted : BrokerFact;

    /// <summary>An order was sent.</summary>
    internal sealed record Placed(Guid Part, BrokerAnswer Answer) : BrokerFact;

    /// <summary>A cancel was sent.</summary>
    internal sealed record Cancelled(Guid Part, BrokerAnswer Answer) : BrokerFact;

    /// <summary>New terms were sent.</summary>
    internal sealed record Changed(Guid Part, BrokerAnswer Answer) : BrokerFact;

    /// <summary>The broker's books were read.</summary>
    /// <param name="Books">What they say.</param>
    /// <param name="Stored">Completed when all that follows is stored.</param>
    internal sealed record Read(BrokerBooks Books, TaskCompletionSource Stored) : BrokerFact;

    /// <summary>A task of the session has failed: the session ends, and another one begins from what is stored.</summary>
    internal sealed record Broken(Exception Failure) : BrokerFact;
}

/// <summary>The broker's books at one time. Orders are read before executions, so that no order is filled beyond what is listed for
/// long.</summary>
/// <param name="ReadFrom">Wall clock before the first question.</param>
/// <param name="Outage">How long there was no contact before.</param>
/// <param name="Orders">The day's orders.</param>
/// <param name="Executions">The day's executions.</param>
internal sealed record BrokerBooks(
    DateTimeOffset ReadFrom,
    TimeSpan Outage,
    IReadOnlyList<BrokerOrder> Orders,
    IReadOnlyList<BrokerExecution> Executions
)
{
    /// <summary>Positions; null where they were not asked for.</summary>
    public IReadOnlyList<BrokerPosition>? Positions { get; init; }

    /// <summary>Funds for new orders; null where they were not asked for.</summary>
    public decimal? Funds { get; init; }
}
