namespace AITrader.Migrations.Connecting;

/// <summary>A failure that an operator can understand; only its message is shown.</summary>
internal sealed class MigrationFailure(string message) : Exception(message);
