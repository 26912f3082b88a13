using System.Globalization;
using AITrader.TestSupport.Servers;
using DotNet.Testcontainers.Configurations;
using Npgsql;
using Testcontainers.PostgreSql;

namespace AITrader.TestSupport;

/// <summary>A real PostgreSQL for tests: fast, unsafe, gone afterwards.</summary>
/// <remarks>
/// Tests of one process share <see cref="SharedAsync" /> and take a database each; a test that stops or kills the server
/// starts one of its own. It is a container where an engine answers, else a process (docs/testing.md): as root under the account
/// "postgres", because it refuses root.
/// </remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private const int StartAttempts = 5;
    private const int PortInside = 5432;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PostgresServer>> Shared = new(() => StartAsync());

    // The data must survive a kill of the server, but not of the machine: commits are written, never flushed.
    private static readonly string[] Settings =
    [
        "fsync=off",
        "full_page_writes=off",
        "wal_level=minimal",
        "max_wal_senders=0",
        "max_connections=400",
        "shared_buffers=32MB",
        "log_min_messages=warning",
        "timezone=UTC",
    ];

    private const string MigratedTemplate = "migrated";

    // Pools outlive the hosts that filled them: what they leave behind must not use the server's connections up.
    private const string Pools = "Connection Idle Lifetime=15;Connection Pruning Interval=5";

    private readonly IThrowAwayServer _server;
    private readonly Lazy<Task> _migrated;
    private int _databases;

    private PostgresServer(IThrowAwayServer server)
    {
        _server = server;
        _migrated = new Lazy<Task>(MigrateTemplateAsync);
    }

    /// <summary>The TCP port, the same for all of its life.</summary>
    public int Port { get; private set; }

    /// <summary>Address of the database "postgres".</summary>
    public string ConnectionString => ConnectionStringFor("postgres");

    /// <summary>The server that all tests of this process may use. It ends with the process.</summary>
    public static Task<PostgresServer> SharedAsync() => Shared.Value;

    /// <summary>A server of one's own.</summary>
    public static async Task<PostgresServer> StartAsync() =>
        await TestServers.EngineForAsync(ServerImage.Postgres) is { } engine
            ? await StartContainerAsync(engine)
            : await StartProcessAsync();

    /// <summary>One as a process.</summary>
    public static async Task<PostgresServer> StartProcessAsync()
    {
        var folder = await PostgresFiles.NewClusterAsync();
        return await StartAsync(
            new ProcessServer(folder, port =>
                [
                    .. PostgresFiles.Program("postgres"),
                    "-D",
                    Path.Combine(folder, PostgresFiles.DataFolder),
                    "-p",
                    port.ToString(CultureInfo.InvariantCulture),
                    "-k",
                    folder,
                    "-c",
                    "listen_addresses=127.0.0.1",
                    .. Arguments(),
                ]
            )
        );
    }

    /// <summary>One in a container.</summary>
    public static async Task<PostgresServer> StartContainerAsync(ContainerEngine engine)
    {
        await ContainerRemains.WatchAsync(engine);
        return await StartAsync(
            new ContainerServer(engine, port =>
                new PostgreSqlBuilder(ServerImage.Postgres)
                    .Place(engine, port, PortInside)
                    .WithUsername(PostgresFiles.User)
                    .WithPassword(PostgresFiles.Password)
                    .WithEnvironment("POSTGRES_INITDB_ARGS", string.Join(' ', PostgresFiles.ClusterArguments))
                    .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", PostgresFiles.Authentication)
                    .WithCommand(new OverwriteEnumerable<string>(Arguments()))
                    .Build()
            )
        );
    }

    /// <summary>A fresh, empty database, or a copy of another one to which nobody is connected.</summary>
    /// <returns>Its connection string.</returns>
    public Task<string> CreateDatabaseAsync(string template = "template0") =>
        CreateDatabaseAsync(template, string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}"));

    /// <summary>A migrated database, with the logins of the services; a copy of one that is migrated once.</summary>
    public async Task<ServiceDatabase> CreateServiceDatabaseAsync()
    {
        await _migrated.Value;
        return await CreateServiceDatabaseAsync(MigratedTemplate);
    }

    /// <summary>The same as a copy of another database, to which nobody is connected.</summary>
    public async Task<ServiceDatabase> CreateServiceDatabaseAsync(string template)
    {
        var owner = await CreateDatabaseAsync(template);
        var name = new NpgsqlConnectionStringBuilder(owner).Database;

        // A copy has the rights on what is in the original, and not those on the original itself.
        await ExecuteAsync(
            $"REVOKE ALL ON DATABASE \"{name}\" FROM PUBLIC; GRANT CONNECT ON DATABASE \"{name}\" TO {ServiceDatabase.Logins}"
        );
        return ServiceDatabase.At(owner);
    }

    /// <summary>Address of a database.</summary>
    public string ConnectionStringFor(string database) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Host=127.0.0.1;Port={Port};Username={PostgresFiles.User};Password={PostgresFiles.Password};Database={database};Include Error Detail=true;{Pools}"
        );

    /// <summary>What the server has written to its log.</summary>
    public Task<string> ReadLogAsync() => _server.ReadLogAsync();

    /// <summary>Stops it at once; connections are cut. <see cref="StartAgainAsync" /> brings it back with its data.</summary>
    public Task StopAsync() => _server.StopAsync();

    /// <summary>Kills it, as a crash would.</summary>
    public Task KillAsync() => _server.KillAsync();

    /// <summary>Stops all of its processes from doing anything, while its connections stand: what a hanging server looks like.</summary>
    public void Freeze() => _server.Freeze();

    /// <summary>Lets it go on.</summary>
    public void Thaw() => _server.Thaw();

    /// <summary>Starts it again at the same port, with the data that it had.</summary>
    public async Task StartAgainAsync()
    {
        // After a kill, children of the dead server hold its shared memory for a moment.
        for (var attempt = 1; !await TryStartAsync(Port); attempt++)
        {
            if (attempt == StartAttempts)
            {
                throw new InvalidOperationException($"PostgreSQL does not start again: {await _server.ReadLogAsync()}");
            }
        }
    }

    /// <summary>Ends it and removes its data.</summary>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string[] Arguments() => [.. Settings.SelectMany(static setting => new[] { "-c", setting })];

    private static async Task<PostgresServer> StartAsync(IThrowAwayServer place)
    {
        var server = new PostgresServer(place);
        for (var attempt = 1; !await server.TryStartAsync(FreePort.Find()); attempt++)
        {
            if (attempt == StartAttempts)
            {
                var log = await place.ReadLogAsync();
                await place.DisposeAsync();
                throw new InvalidOperationException($"PostgreSQL does not start: {log}");
            }
        }

        return server;
    }

    private async Task MigrateTemplateAsync()
    {
        await CreateDatabaseAsync("template0", MigratedTemplate);
        await ServiceDatabase.MigrateAsync(ConnectionStringFor(MigratedTemplate));
    }

    private async Task<string> CreateDatabaseAsync(string template, string name)
    {
        await ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");
        return ConnectionStringFor(name);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<bool> TryStartAsync(int port)
    {
        Port = port;
        await _server.StartAsync(port);
        var start = TimeProvider.System.GetTimestamp();
        while (await _server.IsRunningAsync() && TimeProvider.System.GetElapsedTime(start) < StartLimit)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Timeout=5");
                await connection.OpenAsync();
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(20);
            }
        }

        return false;
    }
}
