namespace AITrader.Backend.Auth;

/// <summary>The WebSocket subprotocol that carries the token of clients that cannot set headers.</summary>
internal static class BearerSubprotocol
{
    private const string Prefix = "bearer.";

    /// <summary>The token among the requested subprotocols; null where there is none.</summary>
    public static string? TokenOf(IEnumerable<string> requested) =>
        requested.FirstOrDefault(static name => name.StartsWith(Prefix, StringComparison.Ordinal)) is { } name
            ? name[Prefix.Length..]
            : null;
}
