using System.Net;
using System.Net.WebSockets;
using AITrader.Backend.Auth;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using AITrader.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.Backend.Tests;

/// <summary>A token is as good as its user.</summary>
public sealed class TokenUserTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static readonly (string, string) Always = ("Auth:UserCheckInterval", "00:00:00");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_of_a_user_who_never_was_is_refused()
    {
        var nobody = new UserRow
        {
            Id = GatewayFixture.Id("nobody"),
            Username = "nobody",
            Role = "admin",
            CreatedAt = GatewayFixture.Time,
        };
        using var client = fixture.Gateway.ClientWith(TokenOf(fixture.Gateway, nobody));

        using var answer = await client.GetAsync("/api/status", Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("UPDATE users SET role = 'viewer' WHERE id = {0}")]
    [InlineData("DELETE FROM users WHERE id = {0}")]
    public async Task A_session_ends_with_its_user_and_with_its_role(string statement)
    {
        await using var gateway = await Gateway.StartAsync(fixture.Database, fixture.Redis, Always);
        var user = await UserAsync(gateway, statement);
        using var client = gateway.ClientWith(TokenOf(gateway, user));
        using var before = await client.GetAsync("/api/v1/positions", Ct);
        using var socket = await gateway.ConnectAsync(TokenOf(gateway, user));
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        await using var db = gateway.NewContext();
        await db.Database.ExecuteSqlRawAsync(statement, [user.Id], Ct);

        using var after = await client.GetAsync("/api/v1/positions", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "session ended"), await ClosedAsync(socket));
    }

    [Fact]
    public async Task What_is_known_of_a_user_is_never_older_than_the_interval()
    {
        var user = await UserAsync(fixture.Gateway, "known");
        var time = new FakeTimeProvider(GatewayFixture.Time);
        var options = new AuthOptions();
        var users = new KnownUsers(fixture.Gateway.Services.GetRequiredService<UserStore>(), Options.Create(options), time);
        Assert.True(await users.IsAsync(user.Id, "trader", Ct));
        Assert.False(await users.IsAsync(user.Id, "admin", Ct));
        await using var db = fixture.Gateway.NewContext();
        await db.Users.Where(row => row.Id == user.Id).ExecuteDeleteAsync(Ct);

        time.Advance(options.UserCheckInterval - TimeSpan.FromMilliseconds(1));
        Assert.True(await users.IsAsync(user.Id, "trader", Ct));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(await users.IsAsync(user.Id, "trader", Ct));

        // Signing in is news at once.
        users.Add(user);
        Assert.True(await users.IsAsync(user.Id, "trader", Ct));
    }

    [Fact]
    public async Task While_the_database_is_away_who_was_there_goes_on_for_a_while_and_nobody_else()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateServiceDatabaseAsync();
        await GatewayFixture.SeedAsync(database);
        await using var gateway = await Gateway.StartAsync(database, fixture.Redis, Always);
        using var trader = gateway.ClientOf("trader");
        using var viewer = gateway.ClientOf("viewer");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(trader));
        var time = new FakeTimeProvider(GatewayFixture.Time);
        var options = new AuthOptions();
        var users = new KnownUsers(gateway.Services.GetRequiredService<UserStore>(), Options.Create(options), time);
        Assert.True(await users.IsAsync(GatewayFixture.Id("trader"), "trader", Ct));

        await server.StopAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(trader));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(viewer));
        time.Advance(options.OutageGrace - TimeSpan.FromSeconds(1));
        Assert.True(await users.IsAsync(GatewayFixture.Id("trader"), "trader", Ct));
        time.Advance(options.UserCheckInterval);
        await Assert.ThrowsAsync<TimeoutException>(async () => await users.IsAsync(GatewayFixture.Id("trader"), "trader", Ct));

        // What happened meanwhile is noticed as soon as it answers.
        await server.StartAgainAsync();
        await using var db = database.NewContext();
        await db.Users.Where(static row => row.Role == "trader").ExecuteDeleteAsync(Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(trader));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(viewer));
    }

    [Theory]
    [InlineData("00:00:15", true)]
    [InlineData("00:00:31", false)]
    public void Nobody_can_set_it_so_that_a_connection_outlives_its_user_by_more_than_a_minute(string interval, bool isValid)
    {
        var options = new AuthOptions
        {
            SigningKey = Gateway.SigningKey,
            AdminKey = Gateway.AdminKey,
            UserCheckInterval = TimeSpan.Parse(interval, System.Globalization.CultureInfo.InvariantCulture),
        };

        Assert.Equal(isValid, new AuthOptionsValidator().Validate(null, options).Succeeded);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/status", Ct);
        return answer.StatusCode;
    }

    private static string TokenOf(Gateway gateway, UserRow user) => gateway.Services.GetRequiredService<SessionTokens>().Issue(user).Token;

    private static async Task<UserRow> UserAsync(Gateway gateway, string name)
    {
        var user = new UserRow
        {
            Id = GatewayFixture.Id(name),
            Username = name,
            Role = "trader",
            CreatedAt = GatewayFixture.Time,
        };
        await using var db = gateway.NewContext();
        db.Users.Add(user);
        await db.SaveChangesAsync(Ct);
        return user;
    }

    private static async Task<(WebSocketCloseStatus?, string?)> ClosedAsync(ClientWebSocket socket)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var buffer = new byte[1 << 16];
        while ((await socket.ReceiveAsync(buffer.AsMemory(), limit.Token)).MessageType != WebSocketMessageType.Close) { }

        return (socket.CloseStatus, socket.CloseStatusDescription);
    }
}
