using System.Globalization;
using AITrader.Contracts;
using StackExchange.Redis;

namespace AITrader.Messaging.Replay;

/// <summary>Raises a watermark and notifies its waiters; never lowers it.</summary>
internal static class WatermarkScript
{
    public const string Channel = "watermarks";

    // Keeps the text it was given: a Lua number would lose digits beyond 2^53.
    private const string Text = """
        local present = redis.call('GET', KEYS[1])
        if present and tonumber(present) >= tonumber(ARGV[1]) then return present end
        redis.call('SET', KEYS[1], ARGV[1])
        redis.call('PUBLISH', ARGV[2], ARGV[3])
        return ARGV[1]
        """;

    /// <summary>The arguments of the EVAL command.</summary>
    public static object[] Arguments(StreamLayout layout, string run, string stage, long seq) =>
        [
            Text,
            1,
            (RedisKey)layout.Key(CacheKeys.Watermark(run, stage)),
            seq.ToString(CultureInfo.InvariantCulture),
            layout.Key(Channel),
            string.Create(CultureInfo.InvariantCulture, $"{run}|{stage}|{seq}"),
        ];

    /// <summary>Parses a message of the channel; false for any other text.</summary>
    public static bool TryParse(string message, out (string Run, string Stage) name, out long seq)
    {
        var parts = message.Split('|');
        name = parts.Length == 3 ? (parts[0], parts[1]) : default;
        seq = 0;
        return parts.Length == 3 && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out seq);
    }
}
