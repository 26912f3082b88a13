using AITrader.Backend.Adjustments;
using AITrader.Backend.Api;
using AITrader.Backend.Auth;
using AITrader.Backend.Data;
using AITrader.Backend.Flags;
using AITrader.Backend.Jobs;
using AITrader.Backend.Models;
using AITrader.Backend.Monitor;
using AITrader.Backend.Orders;
using AITrader.Backend.Postbacks;
using AITrader.Backend.Replays.Control;
using AITrader.Backend.Risk;
using AITrader.Backend.Runs;
using AITrader.Backend.Status;
using AITrader.Backend.Strategies;
using AITrader.Backend.Ticks;
using AITrader.Backend.Traffic;
using AITrader.Messaging.Hosting;
using AITrader.Outbox;
using AITrader.Storage;
using AITrader.Storage.Queries;
using AITrader.Storage.Registry;

namespace AITrader.Backend;

/// <summary>Composition of the gateway.</summary>
internal static class BackendHostExtensions
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    public static void AddBackend(this WebApplicationBuilder builder)
    {
        builder.AddStorage();
        builder.AddBusOutbox();
        builder.AddOutboxLoop();
        builder.AddMessaging();
        builder.AddGatewayAuth();
        builder.AddTrafficLimits();
        builder.AddReplays();
        builder.AddHostedStrategies();
        builder.AddPostbacks();
        builder.AddStatus();
        builder.AddMonitor();
        builder.Services.AddQueries().AddModelRegistry();
        RunnerClient.AddTo(builder.Services);
        builder.Services.AddSingleton<KnownSymbols>();
        builder.Services.AddSingleton<ShownRun>();
        builder.Services.AddSingleton<RunReader>();
        builder.Services.AddSingleton<BacktestUploads>();
        builder.Services.AddSingleton<OrderRequests>();
        builder.Services.AddSingleton<RiskChanges>();
        builder.Services.AddSingleton<FileExports>();
        builder.Services.AddOpenApi("v1");
        builder.Services.ConfigureHttpJsonOptions(static json =>
        {
            json.SerializerOptions.Converters.Add(new PlainDecimalConverter());
            json.SerializerOptions.Converters.Add(new WireTimeConverter());
        });
    }

    public static void UseBackend(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = KeepAlive });
        app.UseCors();
        app.UseAddressLimit();
        app.UseAuthentication();
        app.UseCallerLimit();
        app.UseAuthorization();
    }

    public static void MapBackendApi(this WebApplication app)
    {
        var api = app.MapGroup("/api");
        api.MapAuth();
        api.MapStatus();
        api.MapSignals();
        api.MapMonitor();

        var v1 = api.MapGroup("/v1");
        v1.MapOrders();
        v1.MapStrategies();
        v1.MapTrades();
        v1.MapPositions();
        v1.MapDecisions();
        v1.MapTradingState();
        v1.MapOrderRequests();
        v1.MapRisk();
        v1.MapFlags();
        v1.MapRuns();
        v1.MapBooks();
        v1.MapReplays();
        v1.MapPatterns();
        v1.MapTicks();
        v1.MapCandles();
        v1.MapPostbacks();
        v1.MapAdjustments();
        v1.MapModels();
        v1.MapJobs();
        app.MapOpenApi("/openapi/{documentName}.json");
    }
}
