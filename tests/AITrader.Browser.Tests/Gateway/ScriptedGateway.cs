using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace AITrader.Browser.Tests.Gateway;

/// <summary>
/// Serves the built page and speaks the gateway's protocol to it, under the test's control: what is known, what arrives, and what goes
/// wrong.
/// It proves the page alone; the whole system is proved by SystemTests.
/// </summary>
internal sealed class ScriptedGateway : IAsyncDisposable
{
    public const string Code = "right-code";

    private readonly WebApplication _app;

    private ScriptedGateway(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public Uri SignInLink => new(Address, $"#sign-in={Code}");

    /// <summary>Live connections.</summary>
    public MonitorHub Hub { get; } = new();

    /// <summary>The token that is good at the moment.</summary>
    public string Token { get; set; } = "token-1";

    /// <summary>True: every call is answered with 503, as a proxy does when the backend is away.</summary>
    public bool Away { get; set; }

    /// <summary>Held back until the test completes it.</summary>
    public Task DecisionGate { get; set; } = Task.CompletedTask;

    public string TradingState { get; set; } = "ACTIVE";

    public ConcurrentQueue<string> TradingStateCalls { get; } = new();

    /// <summary>Whom a sign-in makes the reader: viewer, trader or admin.</summary>
    public string Role { get; set; } = "admin";

    /// <summary>Where the replay stands.</summary>
    public JsonNode Replay { get; set; } = Wire.Replay("running");

    /// <summary>What the page has asked of the replay: verb and body.</summary>
    public ConcurrentQueue<string> ReplayCalls { get; } = new();

    /// <summary>Set: what every such wish is refused with.</summary>
    public string? ReplayRefusal { get; set; }

    /// <summary>Order books by symbol.</summary>
    public ConcurrentDictionary<string, JsonNode> Books { get; } = new();

    /// <summary>What is stored.</summary>
    public JsonNode Candles { get; set; } = Wire.Candles(null);

    /// <summary>Set: what a wish for candles is refused with.</summary>
    public string? CandlesRefusal { get; set; }

    /// <summary>Wishes for candles.</summary>
    public ConcurrentQueue<string> CandleCalls { get; } = new();

    /// <summary>Models and jobs.</summary>
    public ModelRecords Records { get; } = new();

    public List<object> Signals { get; } = [];

    public List<object> Orders { get; } = [];

    public List<object> Trades { get; } = [];

    public List<object> Positions { get; } = [];

    public static async Task<ScriptedGateway> StartAsync(BuiltPage page)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var gateway = new ScriptedGateway(app);
        app.UseWebSockets();
        app.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(page.Folder) });
        app.Use(gateway.GuardAsync);
        GatewayApi.Map(app, gateway);
        gateway.Records.Map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return gateway;
    }

    public JsonNode Status() => Wire.Status(Account(100_000m), Trades.Count, Replay);

    public JsonNode Account(decimal equity) => Wire.Account(equity, TradingState, (string?)Replay["run"] ?? Wire.Run);

    public object Snapshot() =>
        Wire.Message(
            "snapshot",
            new
            {
                Status = Status(),
                Signals,
                Orders,
                Fills = Trades,
                Positions,
            }
        );

    public async ValueTask DisposeAsync()
    {
        Hub.DropAll();
        await _app.DisposeAsync();
    }

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        if (Away)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        else if (path == "/api/auth/sign-in" || path == "/api/ws/monitor" || context.Request.Headers.Authorization == $"Bearer {Token}")
        {
            await next(context);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
    }
}
