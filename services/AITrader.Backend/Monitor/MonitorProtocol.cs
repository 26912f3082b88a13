namespace AITrader.Backend.Monitor;

/// <summary>Subprotocols of the monitor: its version, and the token of clients that cannot set headers.</summary>
internal static class MonitorProtocol
{
    public const string Version = "aitrader.v1";

    private const string BearerPrefix = "bearer.";

    /// <summary>The token among the requested subprotocols; null where there is none.</summary>
    public static string? TokenOf(IEnumerable<string> requested) =>
        requested.FirstOrDefault(static name => name.StartsWith(BearerPrefix, StringComparison.Ordinal)) is { } name
            ? name[BearerPrefix.Length..]
            : null;
}
