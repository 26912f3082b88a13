using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using AITrader.Backend.Auth;
using AITrader.ServiceDefaults;
using AITrader.Storage.Model;
using AITrader.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AITrader.Backend.Tests;

/// <summary>One instance of the gateway on a real port.</summary>
public sealed class Gateway : IAsyncDisposable
{
    public const string AdminKey = "open-sesame-of-the-test-42";
    public const string SigningKey = "0123456789abcdef0123456789abcdef-test";

    private readonly WebApplication _app;
    private readonly ServiceDatabase _database;

    private Gateway(WebApplication app, ServiceDatabase database)
    {
        _app = app;
        _database = database;
        Address = new Uri(app.Urls.Single());
        Anonymous = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Anonymous { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Composed as Program.cs does.</summary>
    public static async Task<Gateway> StartAsync(ServiceDatabase database, string redis, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ApplicationName = "AITrader.Backend", EnvironmentName = "Production" }
        );
        builder.Configuration.AddInMemoryCollection(Settings(database.Gateway, redis, settings));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddBackend();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseBackend();
        app.MapDefaultEndpoints();
        app.MapBackendApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Gateway(app, database);
    }

    /// <summary>The database as its owner sees it: a test may do what the gateway may not.</summary>
    public AITraderDbContext NewContext() => _database.NewContext();

    /// <summary>The code of a new sign-in link.</summary>
    public async Task<string> CodeAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/links");
        request.Headers.Authorization = new AuthenticationHeaderValue("AdminKey", AdminKey);
        using var answer = await Anonymous.SendAsync(request);
        return (await JsonAsync(answer)).GetProperty("code").GetString()!;
    }

    public async Task<string> SignInAsync()
    {
        using var answer = await Anonymous.PostAsJsonAsync("/api/auth/sign-in", new { code = await CodeAsync() });
        return (await JsonAsync(answer)).GetProperty("token").GetString()!;
    }

    /// <summary>A client of the user who is called as its role.</summary>
    public HttpClient ClientOf(string role) =>
        ClientWith(Services.GetRequiredService<SessionTokens>().Issue(GatewayFixture.UserRow(role)).Token);

    public HttpClient ClientWith(string token)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async Task<HttpClient> ClientAsync() => ClientWith(await SignInAsync());

    public async Task<ClientWebSocket> ConnectAsync(string? token = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("aitrader.v1");
        socket.Options.AddSubProtocol($"bearer.{token ?? await SignInAsync()}");
        await socket.ConnectAsync(
            new UriBuilder(Address) { Scheme = "ws", Path = "/api/ws/monitor" }.Uri,
            TestContext.Current.CancellationToken
        );
        return socket;
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        await _app.DisposeAsync();
    }

    private static Dictionary<string, string?> Settings(string database, string redis, (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["ConnectionStrings:aitrader"] = database,
            ["ConnectionStrings:redis"] = redis,
            ["Auth:SigningKey"] = SigningKey,
            ["Auth:AdminKey"] = AdminKey,
            ["Traffic:SignInsPerMinute"] = "10000",
            ["Traffic:Burst"] = "10000",
            ["Traffic:RequestsPerSecond"] = "10000",
            ["Traffic:AnonymousBurst"] = "10000",
            ["Traffic:AddressBurst"] = "100000",
            ["Status:ReadingAge"] = "00:00:00",
            ["Status:ProbeAge"] = "00:00:00",
            ["Monitor:AccountInterval"] = "00:00:00.050",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return all;
    }
}
