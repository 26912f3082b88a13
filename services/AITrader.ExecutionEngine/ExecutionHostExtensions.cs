using AITrader.Contracts;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Brokers;
using AITrader.ExecutionEngine.DeadMan;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.ExecutionEngine.Loop;
using AITrader.ExecutionEngine.Reconciliation;
using AITrader.ExecutionEngine.Risk;
using AITrader.Messaging.Hosting;
using AITrader.Outbox;
using AITrader.ServiceDefaults.Instruments;
using AITrader.Storage;
using AITrader.Storage.Leasing;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine;

/// <summary>Composition of the execution engine.</summary>
internal static class ExecutionHostExtensions
{
    public static void AddExecution(this IHostApplicationBuilder builder)
    {
        builder.AddMessaging();
        builder.AddStorage();
        builder.AddBusOutbox();
        var services = builder.Services;
        services.AddOptions<ExecutionOptions>().BindConfiguration(ExecutionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ExecutionOptions>, ExecutionOptionsValidator>();
        services.AddTradableInstruments();
        services.AddSingleton<ExecutionMetrics>();
        services.AddSingleton(static provider => new RiskCeiling(provider.GetRequiredService<IOptions<ExecutionOptions>>().Value.Limits));
        builder.AddExecutionVenue();
        services.AddSingleton<AccountOpening>();
        services.AddSingleton<AccountWriter>();
        services.AddSingleton<AccountAudit>();
        services.AddSingleton<AdjustmentBook>();
        services.AddOptions<DeadManOptions>().BindConfiguration(DeadManOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DeadManOptions>, DeadManOptionsValidator>();
        builder.AddLease(ExecutionService.LeaseName);
        foreach (var lane in Lane.All)
        {
            services.AddLoop(lane);
        }

        builder.AddOutboxLoop();
    }

    private static void AddLoop(this IServiceCollection services, Lane lane) =>
        services.AddSingleton<IHostedService>(provider =>
            ActivatorUtilities.CreateInstance<ExecutionService>(provider, lane, LaneParts.Create(provider, lane))
        );
}
