using StackExchange.Redis;

namespace AITrader.Messaging.Redis;

/// <summary>Distinguishes an unreachable Redis from a wrong command.</summary>
internal static class RedisFailures
{
    // A server that starts, fails over, is out of memory or cannot write its log refuses for a while; the command is not at fault.
    private static readonly string[] Passing =
    [
        "LOADING",
        "READONLY",
        "MASTERDOWN",
        "CLUSTERDOWN",
        "TRYAGAIN",
        "BUSY ",
        "MISCONF",
        "OOM",
        "NOREPLICAS",
        "EXECABORT",
    ];

    /// <summary>Awaits a call and turns the failures of an unreachable Redis into <see cref="BusUnavailableException"/>.</summary>
    public static async Task<T> OrUnavailable<T>(Func<Task<T>> call, string what, CancellationToken ct)
    {
        try
        {
            return await call().WaitAsync(ct);
        }
        catch (Exception failure) when (IsUnavailable(failure))
        {
            throw new BusUnavailableException($"{what}: Redis is unavailable: {CauseOf(failure)}", failure);
        }
    }

    /// <summary>The error message of the client without its counters, which remain in the inner exception for the log.</summary>
    public static string CauseOf(Exception failure) => failure.Message.Split(" (", 2)[0];

    public static bool IsUnavailable(Exception failure) =>
        failure switch
        {
            RedisConnectionException or RedisTimeoutException or ObjectDisposedException => true,
            RedisServerException refusal => Array.Exists(Passing, code => refusal.Message.StartsWith(code, StringComparison.Ordinal)),
            _ => false,
        };

    public static bool IsMissingGroup(RedisServerException refusal) =>
        refusal.Message.StartsWith("NOGROUP", StringComparison.Ordinal)
        || refusal.Message.StartsWith("UNBLOCKED", StringComparison.Ordinal);

    public static bool IsOutOfMemory(RedisServerException refusal) => refusal.Message.StartsWith("OOM", StringComparison.Ordinal);

    public static bool IsExistingGroup(RedisServerException refusal) => refusal.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal);
}
