using AITrader.Messaging.Redis;

namespace AITrader.Messaging.Caching;

/// <summary>Values with a time to live, as Redis strings.</summary>
internal sealed class RedisCache(RedisBus bus) : ICache
{
    public async Task<string?> GetAsync(string key, CancellationToken ct) =>
        await RedisFailures.OrUnavailable(() => bus.Database.StringGetAsync(bus.Key(key)), $"read {key}", ct);

    public Task SetAsync(string key, string value, TimeSpan ttl, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ttl, TimeSpan.Zero);
        return RedisFailures.OrUnavailable(() => bus.Database.StringSetAsync(bus.Key(key), value, ttl), $"keep {key}", ct);
    }

    public Task SetManyAsync(IReadOnlyList<KeyValuePair<string, string>> items, TimeSpan ttl, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ttl, TimeSpan.Zero);
        return items.Count == 0 ? Task.CompletedTask : RedisFailures.OrUnavailable(SetAsync, $"keep {items.Count} values", ct);

        Task<bool[]> SetAsync()
        {
            var batch = bus.Database.CreateBatch();
            var answers = items.Select(item => batch.StringSetAsync(bus.Key(item.Key), item.Value, ttl)).ToArray();
            batch.Execute();
            return Task.WhenAll(answers);
        }
    }

    public Task RemoveAsync(string key, CancellationToken ct) =>
        RedisFailures.OrUnavailable(() => bus.Database.KeyDeleteAsync(bus.Key(key)), $"forget {key}", ct);
}
