using AITrader.Messaging.Redis;

namespace AITrader.Messaging.Transactions;

/// <summary>Reads state blobs.</summary>
internal sealed class StreamState(RedisBus bus) : IStreamState
{
    public async Task<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken ct)
    {
        var value = await RedisFailures.OrUnavailable(() => bus.Database.StringGetAsync(bus.Key(key)), $"read state {key}", ct);

        // Two statements: in a conditional expression, null would become an empty memory.
        if (value.IsNull)
        {
            return null;
        }

        return (ReadOnlyMemory<byte>)value;
    }

    public Task FenceAsync(string key, long fence, CancellationToken ct) =>
        RedisFailures.OrUnavailable(() => bus.Database.ExecuteAsync("EVAL", FenceScript.Raise(bus, key, fence)), $"fence state {key}", ct);
}
