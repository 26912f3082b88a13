namespace AITrader.AppHost;

/// <summary>Where this machine's system keeps what outlives it: <c>AITRADER_HOME</c>, else <c>.aitrader</c> in the repository.</summary>
internal static class HomeFolder
{
    public const string Setting = "AITRADER_HOME";

    /// <summary>The data of one server.</summary>
    public static string DataFolder(this IDistributedApplicationBuilder builder, string resource) => Path.Combine(builder.Home(), "data", resource);

    private static string Home(this IDistributedApplicationBuilder builder) =>
        Path.GetFullPath(builder.Configuration[Setting] is { Length: > 0 } home ? home : Path.Combine("..", ".aitrader"), builder.AppHostDirectory);
}
