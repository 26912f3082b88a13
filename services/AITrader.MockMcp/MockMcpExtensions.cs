using AITrader.MockMcp.Faults;
using AITrader.MockMcp.Market;
using AITrader.MockMcp.Rest;
using AITrader.MockMcp.Sessions;
using AITrader.MockMcp.Ticker;

namespace AITrader.MockMcp;

/// <summary>The mock exchange and broker.</summary>
internal static class MockMcpExtensions
{
    public static void AddMockMcp(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<MarketOptions>().BindConfiguration(MarketOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<KiteOptions>().BindConfiguration(KiteOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<MarketBoard>();
        builder.Services.AddSingleton<MarketControl>();
        builder.Services.AddHostedService<MarketTimer>();
        builder.Services.AddSingleton<SessionStore>();
        builder.Services.AddSingleton<RateLimits>();
        builder.Services.AddSingleton<FaultControl>();
        builder.Services.AddSingleton<TickerConnections>();
    }

    public static void MapMockMcp(this WebApplication app)
    {
        app.UseWebSockets();
        app.MapSessions();
        app.MapMarket();
        app.MapTicker();
        app.MapFaults();
        app.MapFallback(KiteResults.UnknownRoute);
    }
}
