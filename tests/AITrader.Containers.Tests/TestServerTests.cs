using AITrader.Containers.Tests.Engine;
using AITrader.Containers.Tests.Images;
using AITrader.TestSupport;
using AITrader.TestSupport.Servers;
using Npgsql;
using StackExchange.Redis;

namespace AITrader.Containers.Tests;

/// <summary>The servers that tests start for themselves, in containers: what they do as processes in all other projects.</summary>
[Collection(ServerImages.Collection)]
public sealed class TestServerTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redis_is_used_frozen_killed_stopped_and_gone()
    {
        using var engine = await DockerEngine.FindAsync();
        var before = await RemainsAsync();
        await using (var server = await RedisServer.StartContainerAsync(engine))
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync($"{server.ConnectionString},abortConnect=false");
            var db = redis.GetDatabase();
            await db.StringSetAsync("kept", "yes");

            server.Freeze();
            var answer = db.StringGetAsync("kept");
            Assert.NotSame(answer, await Task.WhenAny(answer, Task.Delay(Moment, _test)));
            server.Thaw();
            Assert.Equal("yes", await answer);

            await server.KillAsync();
            await Eventually.TrueAsync(() => Task.FromResult(!redis.IsConnected), "its connections are cut");
            await server.StartAgainAsync();
            Assert.Equal("yes", await ReadAsync(server));

            await server.StopAsync();
            await server.StartAgainAsync();
            Assert.Equal("yes", await ReadAsync(server));

            await server.EmptyAsync();
            Assert.Null(await ReadAsync(server));
        }

        Assert.Equal(before, await RemainsAsync());
    }

    [Fact]
    public async Task Postgres_is_used_frozen_killed_stopped_and_gone()
    {
        using var engine = await DockerEngine.FindAsync();
        var before = await RemainsAsync();
        await using (var server = await PostgresServer.StartContainerAsync(engine))
        {
            var database = await server.CreateServiceDatabaseAsync();
            Assert.Equal(
                "UTF8 UTC",
                await AskAsync(database.App, "SELECT current_setting('server_encoding') || ' ' || current_setting('timezone')")
            );
            await AskAsync(database.Owner, "CREATE TABLE kept AS SELECT 'yes' AS word");

            server.Freeze();
            var answer = AskAsync(database.Owner, "SELECT word FROM kept");
            Assert.NotSame(answer, await Task.WhenAny(answer, Task.Delay(Moment, _test)));
            server.Thaw();
            Assert.Equal("yes", await answer);

            await server.KillAsync();
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => AskAsync(database.Owner, "SELECT word FROM kept"));
            await server.StartAgainAsync();
            Assert.Equal("yes", await AskAsync(database.Owner, "SELECT word FROM kept"));

            await server.StopAsync();
            await server.StartAgainAsync();
            Assert.Equal("yes", await AskAsync(database.Owner, "SELECT word FROM kept"));
            Assert.Contains("ready to accept connections", await server.ReadLogAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(before, await RemainsAsync());
    }

    [Fact]
    public async Task What_is_said_is_done_or_refused()
    {
        Assert.Null(await TestServers.ChooseAsync(ServerImage.Redis, "processes"));
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => TestServers.ChooseAsync(ServerImage.Redis, "somewhere"));
        Assert.Equal("AITRADER_TEST_SERVERS is 'somewhere'; it can be auto, containers or processes.", refusal.Message);
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_is_none() =>
        await Assert.ThrowsAsync<InvalidOperationException>(static () =>
            ContainerEngine.FindAsync(new Uri("unix:///tmp/no-engine-here.sock"))
        );

    [Fact]
    public async Task An_image_that_cannot_be_had_is_missed()
    {
        using var engine = await DockerEngine.FindAsync();
        Assert.True(await engine.HasImageAsync(ServerImage.Redis));
        Assert.False(await engine.HasImageAsync("127.0.0.1:1/no-such-image:1"));
    }

    // Containers and their volumes.
    private static async Task<string> RemainsAsync() =>
        await DockerEngine.RunAsync("ps", "--all", "--quiet", "--filter", "label=aitrader.tests")
        + await DockerEngine.RunAsync("volume", "ls", "--quiet");

    private static async Task<string?> ReadAsync(RedisServer server)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        return await redis.GetDatabase().StringGetAsync("kept");
    }

    private async Task<string?> AskAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection($"{database};Pooling=false");
        await connection.OpenAsync(_test);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(_test) as string;
    }
}
