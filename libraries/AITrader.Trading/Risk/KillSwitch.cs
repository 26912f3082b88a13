using System.Collections.Immutable;
using AITrader.Domain.Orders;

namespace AITrader.Trading.Risk;

/// <summary>What may add no more risk: the account, or some of its strategies. Immutable.</summary>
/// <param name="Account">Everything.</param>
/// <param name="Strategies">Origins of orders.</param>
public sealed record KillSwitch(bool Account, ImmutableHashSet<string> Strategies)
{
    /// <summary>Nothing is switched off.</summary>
    public static KillSwitch Off { get; } = new(false, ImmutableHashSet.Create<string>(StringComparer.Ordinal));

    /// <summary>Whether it concerns an order.</summary>
    public bool Concerns(OrderRequest request) => Account || Strategies.Contains(request.Origin);

    /// <summary>Switches a strategy off; null stands for the account.</summary>
    public KillSwitch Kill(string? strategy) =>
        strategy is null ? this with { Account = true } : this with { Strategies = Strategies.Add(strategy) };

    /// <summary>Switches a strategy on again; null stands for the account.</summary>
    public KillSwitch Revive(string? strategy) =>
        strategy is null ? this with { Account = false } : this with { Strategies = Strategies.Remove(strategy) };
}
