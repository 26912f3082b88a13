namespace AITrader.StrategyEngine.Broker;

/// <summary>The account at the broker as stored with a decision.</summary>
/// <param name="State">known or unknown.</param>
/// <param name="Reason">Why it is not known: then it bounds nothing.</param>
internal sealed record BrokerTrace(string State, string? Reason = null)
{
    public decimal? AvailableMargin { get; init; }

    public double? AgeSeconds { get; init; }
}
