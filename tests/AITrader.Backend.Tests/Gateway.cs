using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using AITrader.Backend.Auth;
using AITrader.ServiceDefaults;
using AITrader.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AITrader.Backend.Tests;

/// <summary>One instance of the gateway on a real port.</summary>
public sealed class Gateway : IAsyncDisposable
{
    public const string Code = "open-sesame-42";
    public const string SigningKey = "0123456789abcdef0123456789abcdef-test";

    private readonly WebApplication _app;

    private Gateway(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        Anonymous = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Anonymous { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Composed as Program.cs does.</summary>
    public static async Task<Gateway> StartAsync(string database, string redis, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "AITrader.Backend", EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(Settings(database, redis, settings));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddBackend();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseBackend();
        app.MapDefaultEndpoints();
        app.MapBackendApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Gateway(app);
    }

    public AITraderDbContext NewContext() => Services.GetRequiredService<IDbContextFactory<AITraderDbContext>>().CreateDbContext();

    public async Task<string> SignInAsync()
    {
        using var answer = await Anonymous.PostAsJsonAsync("/api/auth/sign-in", new { code = Code });
        return (await JsonAsync(answer)).GetProperty("token").GetString()!;
    }

    /// <summary>A client of somebody with this role.</summary>
    public HttpClient ClientOf(string role)
    {
        var user = new UserRow { Id = GatewayFixture.Id(role), Username = role, Role = role, CreatedAt = GatewayFixture.Time };
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Services.GetRequiredService<SessionTokens>().Issue(user).Token);
        return client;
    }

    public async Task<HttpClient> ClientAsync()
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await SignInAsync());
        return client;
    }

    public async Task<ClientWebSocket> ConnectAsync(string? token = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("aitrader.v1");
        socket.Options.AddSubProtocol($"bearer.{token ?? await SignInAsync()}");
        await socket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = "/api/ws/monitor" }.Uri, TestContext.Current.CancellationToken);
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
            ["Auth:SignInCode"] = Code,
            ["Traffic:SignInsPerMinute"] = "10000",
            ["Traffic:Burst"] = "10000",
            ["Traffic:RequestsPerSecond"] = "10000",
            ["Status:ReadingAge"] = "00:00:00",
            ["Status:ProbeAge"] = "00:00:00",
            ["Monitor:BooksInterval"] = "00:00:00.050",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return all;
    }
}
