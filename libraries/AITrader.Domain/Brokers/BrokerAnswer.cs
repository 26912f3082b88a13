namespace AITrader.Domain.Brokers;

/// <summary>What a broker said to a request that changes orders.</summary>
public abstract record BrokerAnswer
{
    private BrokerAnswer() { }

    /// <summary>It took the request. The order may be rejected all the same, a moment later.</summary>
    /// <param name="BrokerOrderId">The broker's number of the order: text, of more digits than a double holds.</param>
    public sealed record Accepted(string BrokerOrderId) : BrokerAnswer;

    /// <summary>It did not take the request, for certain: nothing of it is in the book.</summary>
    /// <param name="Code">The broker's own kind of error, as it came.</param>
    /// <param name="Message">The broker's own words.</param>
    public sealed record Refused(string Code, string Message) : BrokerAnswer
    {
        /// <summary>Whether the same request may be taken a moment later: the broker was too busy, or out of reach.</summary>
        public bool IsTransient { get; init; }
    }

    /// <summary>There was no answer, or none that says whether the request was taken.</summary>
    /// <param name="Reason">What came instead.</param>
    public sealed record Unknown(string Reason) : BrokerAnswer;
}
