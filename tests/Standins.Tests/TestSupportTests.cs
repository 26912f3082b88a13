using System.Globalization;
using AITrader.TestSupport;
using Npgsql;
using StackExchange.Redis;

namespace Standins.Tests;

/// <summary>The throw-away servers that all integration tests rely on.</summary>
public sealed class TestSupportTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Each_database_is_empty_and_its_own()
    {
        await RunAsync(postgres.ConnectionString, "CREATE TABLE mark(id int)");
        var other = await postgres.Server.CreateDatabaseAsync();
        Assert.NotEqual(postgres.ConnectionString, other);
        var missing = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(other, "SELECT * FROM mark"));
        Assert.Equal(PostgresErrorCodes.UndefinedTable, missing.SqlState);
    }

    [Fact]
    public async Task A_database_can_be_copied()
    {
        var source = await postgres.Server.CreateDatabaseAsync();
        await RunAsync(source + ";Pooling=false", "CREATE TABLE mark(id int)");
        var copy = await postgres.Server.CreateDatabaseAsync(new NpgsqlConnectionStringBuilder(source).Database!);
        await RunAsync(copy, "SELECT * FROM mark");
    }

    [Fact]
    public async Task A_server_of_ones_own_survives_kill_and_stop_and_leaves_nothing()
    {
        var server = await PostgresServer.StartAsync();
        await RunAsync(server.ConnectionString, "CREATE TABLE mark(id int)");
        await server.KillAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => RunAsync(server.ConnectionString + ";Pooling=false", "SELECT 1"));
        await server.StartAgainAsync();
        await RunAsync(server.ConnectionString + ";Pooling=false", "SELECT * FROM mark");
        await server.StopAsync();
        await server.StartAgainAsync();
        await RunAsync(server.ConnectionString + ";Pooling=false", "SELECT * FROM mark");
        await server.DisposeAsync();
        Assert.False(Directory.Exists(server.SocketFolder));
    }

    [Fact]
    public async Task A_redis_of_ones_own_keeps_its_data_over_a_kill()
    {
        await using var server = await RedisServer.StartAsync();
        await using (var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString))
        {
            await connection.GetDatabase().StringSetAsync("key", "value");
        }

        await server.KillAsync();
        await server.StartAgainAsync();
        await using var again = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        Assert.Equal("value", await again.GetDatabase().StringGetAsync("key"));
    }

    [Fact]
    public async Task A_server_does_not_outlive_the_process_that_started_it()
    {
        var folder = Directory.CreateTempSubdirectory("guarded-").FullName;
        var guarded = await GuardedProcess.StartAsync(folder, Path.Combine(folder, "log"), ["sleep", "600"]);
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{guarded.Id}");
        Assert.True(Directory.Exists(path));
        await guarded.DisposeAsync();
        Assert.False(Directory.Exists(path));
        Assert.False(Directory.Exists(folder));
    }

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
