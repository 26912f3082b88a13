using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Messaging.Hosting;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Monitor;

internal static class MonitorHostExtensions
{
    private const int TickBatch = 5000;

    public static void AddMonitor(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<MonitorOptions>().BindConfiguration(MonitorOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<MonitorOptions>, MonitorOptionsValidator>();
        builder.Services.AddSingleton<MonitorJson>();
        builder.Services.AddSingleton<SnapshotReader>();
        builder.Services.AddSingleton<MonitorHub>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<MonitorHub>());
        builder.Services.AddSingleton<MonitorSessions>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<MonitorSessions>());
        builder.Services.AddSingleton<LatestTicks>();
        builder.Services.AddHostedService<TickPublisher>();
        builder.Services.AddSingleton<AccountPublisher>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<AccountPublisher>());

        // Groups as in the table of streams. Instances share the work; pub/sub brings it to all of them.
        builder.AddStreamConsumers<Tick, TickFeed>(ConsumerGroups.Analytics, static feed => feed.MaxBatch = TickBatch);
        builder.AddStreamConsumers<Signal, SignalFeed>(ConsumerGroups.Analytics);
        builder.AddStreamConsumers<Fill, FillFeed>(ConsumerGroups.Analytics);
        builder.AddStreamConsumers<DecisionMessage, DecisionFeed>(ConsumerGroups.Audit);
        builder.AddStreamConsumers<OrderMessage, OrderFeed>(ConsumerGroups.Audit);
    }
}
