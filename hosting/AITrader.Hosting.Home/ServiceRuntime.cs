namespace AITrader.Hosting.Home;

/// <summary>How .NET runs services on a machine that they share.</summary>
public static class ServiceRuntime
{
    /// <summary>Environment of each service's process.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_gcServer"] = "0", ["DOTNET_GCConserveMemory"] = "5" };
}
