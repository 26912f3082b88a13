using System.Text.RegularExpressions;
using AITrader.Hosting.LocalServers.Redis;
using Microsoft.Extensions.Configuration;

namespace AITrader.AppHost.Topology;

/// <summary>The settings of Redis, as a container and as a process.</summary>
internal static partial class BusSettings
{
    /// <summary>The section of the settings file.</summary>
    public const string Section = "Redis";

    /// <summary>Reads <c>Redis:MaxMemory</c> (default <c>1gb</c>) and <c>Redis:AppendFsync</c> (default <c>everysec</c>).</summary>
    /// <exception cref="DistributedApplicationException">A setting is not one that redis.conf takes.</exception>
    public static RedisSettings Read(IConfiguration configuration) =>
        new(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                // The append-only file: a snapshot every minute would lose a minute of acknowledged work.
                ["appendonly"] = "yes",
                ["appendfsync"] = Read(configuration, "AppendFsync", "everysec", Flushes(), "always, everysec or no"),
                ["save"] = "60 1000",
                ["maxmemory"] = Read(configuration, "MaxMemory", "1gb", Sizes(), "a size such as 512mb or 2gb"),
                // Messages on the bus are still to be processed: at the limit publishers wait, and nothing is evicted.
                ["maxmemory-policy"] = "noeviction",
            }
        );

    private static string Read(IConfiguration configuration, string name, string otherwise, Regex form, string wanted)
    {
        var value = configuration[$"{Section}:{name}"] ?? otherwise;
        return form.IsMatch(value)
            ? value
            : throw new DistributedApplicationException($"{Section}:{name} is '{value}'; it must be {wanted}.");
    }

    [GeneratedRegex("^[1-9][0-9]{0,5}(mb|gb)$")]
    private static partial Regex Sizes();

    [GeneratedRegex("^(always|everysec|no)$")]
    private static partial Regex Flushes();
}
