using AITrader.ServiceDefaults.ServiceAuth;

namespace AITrader.Backend.Replays.Control;

internal static class ReplayHostExtensions
{
    public static void AddReplays(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MarketDataClient>();
        builder.Services.AddSingleton<ReplayReader>();
        builder.Services.AddSingleton<ReplayCommands>();

        // Market-data is asked once: another try would only hide that it is slow.
#pragma warning disable EXTEXP0001 // Experimental in name; the only way to leave the default handlers out.
        builder.Services.AddHttpClient(MarketDataClient.ClientName).RemoveAllResilienceHandlers().AddServiceToken("market-data");
#pragma warning restore EXTEXP0001
    }
}
