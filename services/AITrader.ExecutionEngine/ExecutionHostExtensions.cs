using AITrader.ExecutionEngine.Books;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.ExecutionEngine.Instruments;
using AITrader.ExecutionEngine.Loop;
using AITrader.ExecutionEngine.Orders;
using AITrader.Messaging.Hosting;
using AITrader.Outbox;
using AITrader.Storage;
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
        services.AddOptions<InstrumentOptions>().BindConfiguration(InstrumentOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<InstrumentOptions>, InstrumentOptionsValidator>();
        services.AddSingleton<ExecutionMetrics>();
        services.AddSingleton<InstrumentBook>();
        services.AddSingleton<BookLoader>();
        services.AddSingleton<BookWriter>();
        services.AddSingleton<BookGuard>();
        services.AddSingleton<OrderIntake>();
        services.AddSingleton<Committer>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<SessionParts>();
        builder.AddLease(ExecutionService.LeaseName);
        services.AddHostedService<ExecutionService>();
        builder.AddOutboxLoop();
    }
}
