using System.Diagnostics.CodeAnalysis;
using AITrader.Hosting.Home;
using Aspire.Hosting;

namespace AITrader.Hosting.LocalServers;

/// <summary>The programs of servers that this machine has to have, where no container runtime is.</summary>
internal static class ServerPrograms
{
    public static string RedisServer() =>
        InstalledPrograms.Find("redis-server")
        ?? throw Missing("redis-server", "apt-get install redis-server (Debian), brew install redis (macOS)");

    public static string PostgresFolder() =>
        InstalledPrograms.FindPostgresFolder()
        ?? throw Missing("PostgreSQL's server", "apt-get install postgresql (Debian), brew install postgresql@15 (macOS)");

    [SuppressMessage("Usage", "CA2201", Justification = "The type that Aspire prints without a stack trace.")]
    private static DistributedApplicationException Missing(string what, string how) =>
        new($"{what} is not installed, and no container runtime answers. Install it ({how}), or start Docker or Podman.");
}
