using AITrader.MockMcp.Broker;
using AITrader.MockMcp.Faults;
using AITrader.MockMcp.Market;
using AITrader.MockMcp.Mcp;
using AITrader.MockMcp.Postbacks;
using AITrader.MockMcp.Rest;
using AITrader.MockMcp.Sessions;
using AITrader.MockMcp.Ticker;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AITrader.MockMcp;

/// <summary>The mock exchange and broker.</summary>
internal static class MockMcpExtensions
{
    public static void AddMockMcp(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<MarketOptions>().BindConfiguration(MarketOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<KiteOptions>().BindConfiguration(KiteOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<BrokerOptions>().BindConfiguration(BrokerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.AddClock();
        builder.Services.AddSingleton<MarketBoard>();
        builder.Services.AddSingleton<MarketControl>();
        builder.Services.AddSingleton<CandleRecorder>();
        builder.Services.AddSingleton<CandleHistory>();
        builder.Services.AddSingleton<LiveMarket>();
        builder.Services.AddHostedService<MarketTimer>();
        builder.Services.AddSingleton<SessionStore>();
        builder.Services.AddSingleton<RateLimits>();
        builder.Services.AddSingleton<FaultControl>();
        builder.Services.AddSingleton<TickerConnections>();
        builder.Services.AddBroker();
        builder.Services.AddMcpFace();
    }

    public static void MapMockMcp(this WebApplication app)
    {
        app.UseWebSockets();
        app.MapSessions();
        app.MapMarket();
        app.MapHistory();
        app.MapOrders();
        app.MapPortfolio();
        app.MapMargins();
        app.MapGtts();
        app.MapTicker();
        app.MapMcpFace();
        var admin = app.MapAdmin();
        admin.MapFaults();
        admin.MapOrderFaults();
        admin.MapLedger();
        app.MapFallback(KiteResults.UnknownRoute);
    }

    private static void AddBroker(this IServiceCollection services)
    {
        services.AddSingleton<OrderFeed>();
        services.AddSingleton<OrderFaults>();
        services.AddSingleton<BrokerState>();
        services.AddSingleton<Rms>();
        services.AddSingleton<Matcher>();
        services.AddSingleton<OrderFlow>();
        services.AddSingleton<GttDesk>();
        services.AddSingleton<DayClock>();
        services.AddSingleton<BrokerDesk>();
        services.AddHostedService<BrokerTimer>();
        services.AddHttpClient(nameof(PostbackSender));
        services.AddHostedService<PostbackSender>();
    }

    // Everything that asks for the time asks the clock that can be set.
    private static void AddClock(this IHostApplicationBuilder builder)
    {
        var machine = builder
            .Services.Select(static service => service.ImplementationInstance)
            .OfType<TimeProvider>()
            .LastOrDefault(TimeProvider.System);
        var clock = new AdjustableClock(machine);
        builder.Services.AddSingleton(clock);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
    }
}
