using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Inference.Client;
using AITrader.Messaging.Hosting;
using AITrader.Outbox;
using AITrader.ServiceDefaults.Instruments;
using AITrader.ServiceDefaults.ServiceAuth;
using AITrader.Storage;
using AITrader.Storage.Leasing;
using AITrader.StrategyEngine.Advising;
using AITrader.StrategyEngine.Broker;
using AITrader.StrategyEngine.Circuits;
using AITrader.StrategyEngine.Decisions;
using AITrader.StrategyEngine.Diagnostics;
using AITrader.StrategyEngine.Flags;
using AITrader.StrategyEngine.Forecasts;
using AITrader.StrategyEngine.Heartbeats;
using AITrader.StrategyEngine.Hosting;
using AITrader.StrategyEngine.Orders;
using AITrader.StrategyEngine.Outcomes;
using AITrader.StrategyEngine.Sentiment;
using AITrader.StrategyEngine.Signals;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine;

/// <summary>Composition of the strategy engine.</summary>
internal static class StrategyHostExtensions
{
    public static void AddStrategy(this IHostApplicationBuilder builder)
    {
        builder.AddMessaging();
        builder.AddStorage();
        builder.AddBusOutbox();
        builder.AddForecastClient().AddServiceToken("onnx-runner", "tensorrt-runner");
        var services = builder.Services;
        services.AddOptions<StrategyOptions>().BindConfiguration(StrategyOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StrategyOptions>, StrategyOptionsValidator>();
        services.AddTradableInstruments();
        services.AddCircuits();
        services.AddSentimentProbe(static provider => provider.GetRequiredService<IOptions<StrategyOptions>>().Value.SentimentEngine);
        services.AddSingleton(static provider => provider.GetRequiredService<IOptions<StrategyOptions>>().Value.Sentiments);
        services.AddSingleton<SentimentBoard>();
        builder.AddStreamConsumer<SentimentReading, SentimentFeed>(ConsumerGroups.Strategy);
        services.AddAdvice();
        services.AddBrokerAccount();
        services.AddFlags();
        services.AddSingleton<StrategyMetrics>();
        services.AddSingleton<OriginHeartbeats>();
        services.AddSingleton(static provider => provider.GetRequiredService<IOptions<StrategyOptions>>().Value.Forecasts);
        services.AddSingleton<ForecastLadder>();
        builder.AddOutcomes();
        services.AddSingleton<DecisionWriter>();
        services.AddSingleton<RuleRecord>().AddSingleton<HostedRecord>();
        services.AddSingleton<Inquiry>().AddSingleton<Decider>();
        services.AddHostedStrategies();
        builder.AddLease(StrategyService.LeaseName);
        foreach (var lane in Lane.All)
        {
            services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<StrategyService>(provider, lane));
        }

        services.AddSingleton<LostOrders>();
        services.AddHostedService<OrderSweep>();
        services.AddHealthChecks().AddCheck<OrderSweepCheck>("orders");
        builder.AddOutboxLoop();
    }
}
