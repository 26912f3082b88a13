using System.Net.Sockets;
using Npgsql;

namespace AITrader.Storage.Schema;

/// <summary>A database that may not exist yet, on a server that may not answer yet.</summary>
public sealed class ServerDatabase
{
    private const string MaintenanceDatabase = "postgres";

    private readonly NpgsqlConnectionStringBuilder _settings;

    /// <summary>Reads a connection string.</summary>
    /// <exception cref="ArgumentException">It cannot be read.</exception>
    public ServerDatabase(string connectionString) => _settings = new NpgsqlConnectionStringBuilder(connectionString);

    /// <summary>The server.</summary>
    public string? Host => _settings.Host;

    /// <summary>Its port.</summary>
    public int Port => _settings.Port;

    /// <summary>The connection string, with secrets.</summary>
    public string ConnectionString => _settings.ConnectionString;

    /// <summary>Opens a connection, and creates the database where it is missing.</summary>
    /// <returns>Null where that went well, and a reason where another try may help.</returns>
    /// <exception cref="DatabaseRefusedException">No other try helps.</exception>
    public async Task<string?> RefusalAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(_settings.ConnectionString);
            await connection.OpenAsync(ct);
            return null;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await CreateAsync(ct);
            return null;
        }
        catch (PostgresException refused) when (refused.IsTransient || refused.SqlState == PostgresErrorCodes.CannotConnectNow)
        {
            return refused.MessageText;
        }
        catch (PostgresException refused)
        {
            throw new DatabaseRefusedException(
                $"The database at {Host}:{Port} refuses user '{_settings.Username}': {refused.MessageText}."
            );
        }
        catch (NpgsqlException failure)
        {
            return (failure.InnerException ?? failure).Message;
        }
        catch (SocketException failure)
        {
            return failure.Message;
        }
    }

    private async Task CreateAsync(CancellationToken ct)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Database = MaintenanceDatabase, Pooling = false };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(ct);
        // A name cannot be a parameter; doubled quotes make any name safe.
        var name = _settings.Database!.Replace("\"", "\"\"", StringComparison.Ordinal);
        await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
        try
        {
            await create.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException other) when (other.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another instance, or the host, has created it meanwhile.
        }
    }
}

/// <summary>The database refuses a connection for good; the message is for operators.</summary>
public sealed class DatabaseRefusedException(string message) : Exception(message);
