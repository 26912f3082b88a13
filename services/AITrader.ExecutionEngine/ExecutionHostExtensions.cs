using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Brokers;
using AITrader.ExecutionEngine.DeadMan;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.ExecutionEngine.Loop;
using AITrader.ExecutionEngine.Orders;
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
        services.AddSingleton<RiskControl>();
        builder.AddExecutionVenue();
        services.AddSingleton<AccountLoader>();
        services.AddSingleton<AccountWriter>();
        services.AddSingleton<AccountAudit>();
        services.AddSingleton<AccountGuard>();
        services.AddSingleton<OrderIntake>();
        services.AddSingleton<Committer>();
        services.AddSingleton<Quarantine>();
        services.AddOptions<DeadManOptions>().BindConfiguration(DeadManOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DeadManOptions>, DeadManOptionsValidator>();
        services.AddSingleton<DeadManTimer>();
        services.AddSingleton<SessionParts>();
        builder.AddLease(ExecutionService.LeaseName);
        services.AddHostedService<ExecutionService>();
        builder.AddOutboxLoop();
    }
}
