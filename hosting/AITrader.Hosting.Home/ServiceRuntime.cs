namespace AITrader.Hosting.Home;

/// <summary>How .NET runs services on a machine that they share.</summary>
public static class ServiceRuntime
{
    /// <summary>Environment of each service's process.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_GCConserveMemory"] = "5",
            // 8 MiB between collections. Virtual machines often do not say how large their caches are, and 256 KiB is taken then: an order
            // in a hundred would wait for a collection.
            ["DOTNET_GCgen0size"] = "0x800000",
        };
}
