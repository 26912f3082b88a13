using AITrader.Contracts;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.Messaging;
using AITrader.Trading.Engine;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.DeadMan;

/// <summary>Cancels the live working orders of origins that have fallen silent; replays wait for their strategies by themselves.</summary>
/// <remarks>
/// A heartbeat is a value that changes: how old it is is measured here, by this process' own clock. An origin that never had one is a
/// person, unless a decision made the order. One caller at a time.
/// </remarks>
internal sealed class DeadManTimer(ICache cache, IOptions<DeadManOptions> options, TimeProvider time, ILogger<DeadManTimer> log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, (string? Value, long Since)> _heard = new(StringComparer.Ordinal);
    private long _lookedAt;

    /// <summary>Looks once, where that is due, and returns what was cancelled.</summary>
    public async Task<IReadOnlyList<TradingOutcome>> CheckAsync(DeskAccount deskAccount, CancellationToken ct)
    {
        var desk = deskAccount.Desk;
        if (!options.Value.Enabled || (_lookedAt != 0 && time.GetElapsedTime(_lookedAt) < LookEvery))
        {
            return [];
        }

        _lookedAt = time.GetTimestamp();
        var watched = desk.Working.Where(IsWatched).ToLookup(KeyOf);
        foreach (var forgotten in _heard.Keys.Where(key => !watched.Contains(key)).ToArray())
        {
            _heard.Remove(forgotten);
        }

        var outcomes = new List<TradingOutcome>();
        foreach (var orders in watched)
        {
            if (await SilenceOfAsync(orders.Key, orders.Any(static order => order.Request.DecisionId is not null), ct) is { } silence)
            {
                outcomes.AddRange(Cancel(desk, [.. orders], silence));
            }
        }

        return outcomes;
    }

    private bool IsWatched(Order order) =>
        order.Request.Run.Length == 0 && order.Ending.Length == 0 && !(options.Value.KeepsExits && order.Request.Conditions.ReduceOnly);

    private static string KeyOf(Order order) =>
        order.Request.DecisionId is null ? CacheKeys.StrategyHeartbeat(order.Request.Origin) : CacheKeys.DecisionHeartbeat;

    // Null while it is heard, or nobody owes a heartbeat.
    private async Task<TimeSpan?> SilenceOfAsync(string key, bool isOwed, CancellationToken ct)
    {
        var value = await cache.GetAsync(key, ct);
        if (value is null && !isOwed)
        {
            return null;
        }

        if (!_heard.TryGetValue(key, out var heard) || heard.Value != value)
        {
            _heard[key] = (value, time.GetTimestamp());
            return null;
        }

        var silence = time.GetElapsedTime(heard.Since);
        return silence >= options.Value.Timeout ? silence : null;
    }

    private List<TradingOutcome> Cancel(TradingDesk desk, IReadOnlyList<Order> orders, TimeSpan silence)
    {
        var outcomes = new List<TradingOutcome>();
        var reason = FormattableString.Invariant($"ORIGIN_SILENT for={silence.TotalMilliseconds:0}ms");
        foreach (var order in orders)
        {
            outcomes.AddRange(desk.Cancel(order.Id, reason));
        }

        log.OriginsSilent(string.Join(' ', orders.Select(static order => order.Request.Origin).Distinct()), silence, orders.Count);
        return outcomes;
    }
}
