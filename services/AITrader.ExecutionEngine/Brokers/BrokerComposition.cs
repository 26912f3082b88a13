using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Brokers.Kite;
using AITrader.ExecutionEngine.Brokers.News;
using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.ServiceDefaults.Instruments;
using AITrader.Trading.Ledger.Fees;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Brokers;

/// <summary>Registers where live orders are executed.</summary>
internal static class BrokerComposition
{
    private const string Kite = "kite";
    private const string KitesFees = "ZERODHA";

    public static void AddExecutionVenue(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<BrokerState>();
        services.AddSingleton(static provider => new SimulatedFees(
            TableOf(provider) is { Length: > 0 } table ? FeesOf(provider, table, string.Empty) : null
        ));
        if (builder.Configuration[$"{ExecutionOptions.Section}:{nameof(ExecutionOptions.Broker)}"] != Kite)
        {
            services.AddSingleton<IExecutionVenue, SimulatedVenue>();
            return;
        }

        services.AddOptions<BrokerOptions>().BindConfiguration(BrokerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BrokerOptions>, BrokerOptionsValidator>();
        services.AddSingleton<IOrderPathProbe, OrderPathProbe>();
        services.AddSingleton<BrokerMetrics>();
        services.AddSingleton<BrokerPoller>();
        services.AddSingleton(static provider =>
            FeesOf(
                provider,
                TableOf(provider) is { Length: > 0 } table ? table : KitesFees,
                provider.GetRequiredService<IOptions<KiteOptions>>().Value.Product
            )
        );
        services.AddSingleton<IExecutionVenue, BrokerVenue>();
        services.AddHealthChecks().AddCheck<BrokerCheck>("broker");
        builder.AddKite();
    }

    private static string TableOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<ExecutionOptions>>().Value.FeeTable;

    // Simulated shares are held for the day.
    private static FeeBook FeesOf(IServiceProvider provider, string table, string product) =>
        new(FeeTable.Published, table, product.Length > 0 ? product : "MIS", provider.GetRequiredService<TradableInstruments>());
}
