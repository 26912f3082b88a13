namespace AITrader.Migrations.Connecting;

/// <summary>A failure that an operator can understand; its message is all that is shown.</summary>
internal sealed class MigrationFailure(string message) : Exception(message);
