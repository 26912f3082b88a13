namespace AITrader.StrategyEngine.Broker;

/// <summary>What is held at the broker.</summary>
/// <param name="Exchange">Exchange.</param>
/// <param name="Symbol">Symbol there.</param>
/// <param name="Product">CNC, MIS, NRML …; empty for a holding.</param>
/// <param name="Quantity">Signed quantity.</param>
/// <param name="AveragePrice">Average price.</param>
internal sealed record BrokerHolding(string Exchange, string Symbol, string Product, decimal Quantity, decimal AveragePrice);

/// <summary>A reading of the account at the broker.</summary>
/// <param name="User">Who it belongs to; null where the server does not say.</param>
/// <param name="AvailableMargin">Free margin of equities, never negative.</param>
/// <param name="Holdings">Shares held; null where the server does not show them.</param>
/// <param name="Positions">Net positions; null where the server does not show them.</param>
/// <param name="At">Wall clock of the reading.</param>
internal sealed record BrokerAccount(
    string? User,
    decimal AvailableMargin,
    IReadOnlyList<BrokerHolding>? Holdings,
    IReadOnlyList<BrokerHolding>? Positions,
    DateTimeOffset At
);

/// <summary>What came of a reading.</summary>
/// <param name="Account">The account; null where it could not be read.</param>
/// <param name="Problem">Why it could not.</param>
/// <param name="LoginLink">Where its owner signs in; null where that is not what is missing.</param>
internal sealed record BrokerReading(BrokerAccount? Account, string? Problem, string? LoginLink = null)
{
    /// <summary>Whether the server is to blame: one that wants a login works.</summary>
    public bool IsFailure => Account is null && LoginLink is null;
}
