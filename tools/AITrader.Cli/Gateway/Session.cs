namespace AITrader.Cli.Gateway;

/// <summary>A session at the gateway.</summary>
/// <param name="Run">The run of the host in which the session was opened.</param>
/// <param name="Token">The bearer token.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record Session(string Run, string Token, DateTimeOffset ExpiresAt);
