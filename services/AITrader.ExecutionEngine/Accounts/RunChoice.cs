using AITrader.Contracts.Messages;
using AITrader.Domain.Ticks;
using AITrader.Storage.Accounts;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>A run whose account is to be opened.</summary>
/// <param name="Run">The run; empty for live.</param>
/// <param name="Symbol">The first instrument that is known of it; empty where none is.</param>
internal sealed record RunChoice(string Run, string Symbol)
{
    public static RunChoice Live { get; } = new(string.Empty, string.Empty);

    public static RunChoice Of(Tick tick) => new(tick.Run, tick.Symbol);

    public static RunChoice Of(OrderMessage order) => new(order.Run, order.Symbol);

    /// <summary>Whether the run comes after the one of an account: a run that is over does not come back.</summary>
    public async Task<bool> IsAheadAsync(AccountReader reader, int account, CancellationToken ct) =>
        await reader.FindAsync(Run, ct) is not { } stored || stored.Id > account;
}

/// <summary>The account at hand is not the one to trade on any more.</summary>
internal sealed class RunChangedException(RunChoice? next) : Exception
{
    /// <summary>The next run; null where that is not known.</summary>
    public RunChoice? Next { get; } = next;
}
