using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using AITrader.TestSupport;
using Npgsql;

namespace AITrader.Backend.Tests;

/// <summary>The gateway as a process of its own that writes down all it can: what an operator would read, or a thief.</summary>
public sealed class SecretsTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string AdminKey = "admin-key-to-look-for-0001";
    private const string SigningKey = "signing-key-to-look-for-0002-and-longer";
    private const string ServiceKey = "service-key-to-look-for-0003-and-longer";

    // The categories that the service defaults keep quiet.
    private static readonly string[] Categories =
    [
        "Default",
        "Microsoft.AspNetCore",
        "Microsoft.EntityFrameworkCore",
        "System.Net.Http.HttpClient",
        "AITrader.ServiceDefaults.ServiceAuth",
        "Polly",
        "StackExchange.Redis",
        "Microsoft.Extensions.Diagnostics.HealthChecks",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Neither_logs_nor_answers_tell_a_secret_while_people_sign_in()
    {
        await using var gateway = await StartAsync(fixture.Database.Gateway, fixture.Redis);
        var answers = new List<string>();

        var code = await LinkAsync(gateway, AdminKey);
        var session = await AskAsync(gateway, answers, HttpMethod.Post, "/api/auth/sign-in", new { code });
        var token = session.Split("\"token\":\"")[1].Split('"')[0];
        answers.Clear();
        await AskAsync(gateway, answers, HttpMethod.Post, "/api/auth/sign-in", new { code });
        await AskAsync(gateway, answers, HttpMethod.Post, "/api/auth/sign-in", new { code, token });
        await AskAsync(gateway, answers, HttpMethod.Post, "/api/auth/sign-in", code);
        await AskAsync(
            gateway,
            answers,
            HttpMethod.Post,
            "/api/auth/links",
            body: null,
            new AuthenticationHeaderValue("AdminKey", "wrong-" + AdminKey)
        );
        await AskAsync(gateway, answers, HttpMethod.Get, "/api/status", body: null, new AuthenticationHeaderValue("Bearer", token));
        await AskAsync(
            gateway,
            answers,
            HttpMethod.Get,
            $"/api/v1/orders?access_token={token}&code={code}",
            body: null,
            new AuthenticationHeaderValue("Bearer", token + "x")
        );
        await AskAsync(
            gateway,
            answers,
            HttpMethod.Get,
            "/api/v1/orders?limit=0",
            body: null,
            new AuthenticationHeaderValue("Bearer", token)
        );
        await AskAsync(gateway, answers, HttpMethod.Get, "/api/v1/replay", body: null, new AuthenticationHeaderValue("Bearer", token));
        await ConnectAsync(gateway, token);

        var log = LogOf(gateway);
        Assert.Contains("\"level\":\"trace\"", log);
        Assert.Contains("/api/auth/sign-in", log);
        Assert.Contains("INSERT INTO sign_in_codes", log);
        string[] secrets = [code, token, token.Split('.')[2], AdminKey, SigningKey, ServiceKey, PasswordIn(fixture.Database.Gateway)];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log));
        Assert.All(secrets, secret => Assert.All(answers, answer => Assert.DoesNotContain(secret, answer)));
    }

    [Fact]
    public async Task Neither_do_they_when_nothing_works()
    {
        const string Wrong = "wrong-password-to-look-for";
        var database = new NpgsqlConnectionStringBuilder(fixture.Database.Gateway) { Password = Wrong }.ConnectionString;
        await using var gateway = await StartAsync(database, $"127.0.0.1:{FreePort.Find()},password={Wrong}");
        var answers = new List<string>();

        await AskAsync(
            gateway,
            answers,
            HttpMethod.Post,
            "/api/auth/links",
            body: null,
            new AuthenticationHeaderValue("AdminKey", AdminKey)
        );
        await AskAsync(gateway, answers, HttpMethod.Get, "/ready");
        await AskAsync(gateway, answers, HttpMethod.Get, "/health");
        await AskAsync(gateway, answers, HttpMethod.Get, "/metrics");

        var log = LogOf(gateway);
        Assert.Contains("password authentication failed", log);
        Assert.Contains("dependency-unavailable", answers[0]);
        Assert.DoesNotContain(Wrong, log);
        Assert.All(answers, static answer => Assert.DoesNotContain(Wrong, answer));
    }

    [Fact]
    public async Task Neither_does_a_start_that_fails()
    {
        var (exitCode, output, errors) = await ServiceProcess.RunAsync(
            "AITrader.Backend",
            Settings(
                "Host=127.0.0.1;Pasword=wrong-password-to-look-for",
                "127.0.0.1:1,password=wrong-password-to-look-for,sll=1",
                signingKey: "short-key"
            )
        );

        Assert.Equal(1, exitCode);
        var text = string.Join('\n', output.Concat(errors));
        Assert.Contains("cannot run", text);
        Assert.All(["wrong-password", "short-key", AdminKey, ServiceKey], secret => Assert.DoesNotContain(secret, text));
    }

    private static string PasswordIn(string connection) => new NpgsqlConnectionStringBuilder(connection).Password!;

    private static string LogOf(ServiceProcess gateway) => string.Join('\n', gateway.Output.Concat(gateway.Errors));

    private static Task<ServiceProcess> StartAsync(string database, string redis) =>
        ServiceProcess.StartAsync("AITrader.Backend", Settings(database, redis, SigningKey));

    private static (string, string)[] Settings(string database, string redis, string signingKey) =>
        [
            ("ConnectionStrings:aitrader", database),
            ("ConnectionStrings:redis", redis),
            ("Auth:SigningKey", signingKey),
            ("Auth:AdminKey", AdminKey),
            ("ServiceAuth:Key", ServiceKey),
            .. Categories.Select(static category => ($"Logging:LogLevel:{category}", "Trace")),
        ];

    private static async Task<string> LinkAsync(ServiceProcess gateway, string key)
    {
        var answers = new List<string>();
        var link = await AskAsync(
            gateway,
            answers,
            HttpMethod.Post,
            "/api/auth/links",
            body: null,
            new AuthenticationHeaderValue("AdminKey", key)
        );
        return link.Split("\"code\":\"")[1].Split('"')[0];
    }

    private static async Task<string> AskAsync(
        ServiceProcess gateway,
        List<string> answers,
        HttpMethod method,
        string path,
        object? body = null,
        AuthenticationHeaderValue? authorization = null
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = authorization;
        using var answer = await gateway.Client.SendAsync(request, Ct);
        var text = $"{(int)answer.StatusCode} {answer.Headers} {await answer.Content.ReadAsStringAsync(Ct)}";
        answers.Add(text);
        return text;
    }

    private static async Task ConnectAsync(ServiceProcess gateway, string token)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("aitrader.v1");
        socket.Options.AddSubProtocol($"bearer.{token}");
        await socket.ConnectAsync(new UriBuilder(gateway.Client.BaseAddress!) { Scheme = "ws", Path = "/api/ws/monitor" }.Uri, Ct);
        await socket.ReceiveAsync(new byte[1 << 16].AsMemory(), Ct);
    }
}
