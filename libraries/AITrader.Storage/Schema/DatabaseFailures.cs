using System.Net.Sockets;
using Npgsql;

namespace AITrader.Storage.Schema;

/// <summary>Failures of the database in words for operators.</summary>
public static class DatabaseFailures
{
    /// <summary>One sentence; null where the failure is not the database's.</summary>
    public static string? Explain(Exception failure) =>
        failure switch
        {
            DatabaseRefusedException => failure.Message,
            PostgresException refused => $"The database refused a migration: {refused.MessageText}.",
            NpgsqlException or TimeoutException or SocketException => $"The database failed: {failure.Message}.",
            _ => null,
        };
}
