using System.Globalization;
using AITrader.Messaging.Redis;
using StackExchange.Redis;

namespace AITrader.Messaging.Transactions;

/// <summary>Stores a state blob with the fence of its writer, and rejects a blob with a lower fence.</summary>
internal static class FenceScript
{
    private const string KeepText = """
        local present = redis.call('GET', KEYS[2])
        if present and tonumber(present) > tonumber(ARGV[2]) then return 0 end
        redis.call('SET', KEYS[1], ARGV[1])
        redis.call('SET', KEYS[2], ARGV[2])
        return 1
        """;

    private const string RaiseText = """
        local present = redis.call('GET', KEYS[1])
        if present and tonumber(present) >= tonumber(ARGV[1]) then return 0 end
        redis.call('SET', KEYS[1], ARGV[1])
        return 1
        """;

    public static object[] Keep(RedisBus bus, string key, ReadOnlyMemory<byte> value, long fence) =>
        [KeepText, 2, (RedisKey)bus.Key(key), (RedisKey)FenceOf(bus, key), (RedisValue)value, Text(fence)];

    public static object[] Raise(RedisBus bus, string key, long fence) => [RaiseText, 1, (RedisKey)FenceOf(bus, key), Text(fence)];

    private static string FenceOf(RedisBus bus, string key) => bus.Key($"fence:{key}");

    private static string Text(long fence) => fence.ToString(CultureInfo.InvariantCulture);
}
