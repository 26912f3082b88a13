namespace AITrader.Cli.Gateway;

/// <summary>A session at the gateway.</summary>
/// <param name="Run">The host's run that it was opened in.</param>
/// <param name="Token">The bearer token.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record Session(string Run, string Token, DateTimeOffset ExpiresAt);
