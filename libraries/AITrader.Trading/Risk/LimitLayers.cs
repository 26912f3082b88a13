using System.Collections.Frozen;

namespace AITrader.Trading.Risk;

/// <summary>
/// Limits of strategies and symbols on top of the account's. The tightest counts: a layer can narrow what the account allows, never
/// widen it.
/// </summary>
/// <remarks>A layer narrows which orders of its strategy or symbol are taken; what is counted (rates, exposure, losses) is always the
/// whole account's.</remarks>
/// <param name="ByStrategy">By the origin of an order.</param>
/// <param name="BySymbol">By instrument.</param>
public sealed record LimitLayers(IReadOnlyDictionary<string, RiskLimits> ByStrategy, IReadOnlyDictionary<string, RiskLimits> BySymbol)
{
    /// <summary>The account's limits alone.</summary>
    public static LimitLayers None { get; } = new(FrozenDictionary<string, RiskLimits>.Empty, FrozenDictionary<string, RiskLimits>.Empty);

    /// <summary>What holds for an order.</summary>
    public RiskLimits For(RiskLimits account, string strategy, string symbol)
    {
        var limits = ByStrategy.TryGetValue(strategy, out var ofStrategy) ? account.Tightest(ofStrategy) : account;
        return BySymbol.TryGetValue(symbol, out var ofSymbol) ? limits.Tightest(ofSymbol) : limits;
    }
}
