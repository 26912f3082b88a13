using System.Diagnostics.CodeAnalysis;
using AITrader.Contracts;
using AITrader.Contracts.Codecs;
using AITrader.Messaging.Administration;
using AITrader.Messaging.Caching;
using AITrader.Messaging.Consumers;
using AITrader.Messaging.Diagnostics;
using AITrader.Messaging.Monitoring;
using AITrader.Messaging.Publishing;
using AITrader.Messaging.Reading;
using AITrader.Messaging.Redis;
using AITrader.Messaging.Replay;
using AITrader.Messaging.Supervision;
using AITrader.Messaging.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AITrader.Messaging.Hosting;

/// <summary>Registers the message bus in a host.</summary>
public static class MessagingExtensions
{
    /// <summary>Name of the bus's health check.</summary>
    public const string HealthCheckName = "redis";

    private const string AspireHealthCheck = "StackExchange.Redis";

    /// <summary>Registers all services of this library on the Redis connection <paramref name="connectionName"/>.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="connectionName">Name of the connection string.</param>
    /// <param name="commands">Whether single Redis commands become spans of a trace.</param>
    public static IHostApplicationBuilder AddMessaging(
        this IHostApplicationBuilder builder,
        string connectionName = "redis",
        CommandTracing commands = CommandTracing.On
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.Any(static service => service.ServiceType == typeof(RedisBus)))
        {
            return builder;
        }

        builder.Services.AddSingleton<IValidateOptions<StreamsOptions>, StreamsOptionsValidator>();
        builder.Services.AddOptions<StreamsOptions>().BindConfiguration(StreamsOptions.Section).ValidateOnStart();
        var settings = new RedisSettings();
        builder.AddRedisClient(connectionName, client => client.DisableTracing |= commands == CommandTracing.Off, settings.Apply);
        builder.Services.PostConfigure<HealthCheckServiceOptions>(static options =>
            options.Registrations.Single(static check => check.Name == AspireHealthCheck).Name = HealthCheckName
        );
        builder.Services.AddSingleton(settings);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddMetrics();
        builder.Services.AddBus();
        builder.Services.AddReading();
        builder.Services.AddWriting();
        return builder;
    }

    /// <summary>Runs a supervised consumer, which reads entries, passes them to the handler in batches and acknowledges them. Failures are
    /// retried with increasing delays; an entry that fails too often goes to the dead letters.</summary>
    public static IHostApplicationBuilder AddStreamConsumer<
        TMessage,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler
    >(this IHostApplicationBuilder builder, string group, Action<StreamConsumerOptions>? configure = null)
        where TMessage : class
        where THandler : class, IStreamHandler<TMessage>
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new StreamConsumerOptions();
        configure?.Invoke(options);
        builder.Services.TryAddSingleton<THandler>();
        builder.Services.AddSingleton<IHostedService>(services =>
            ActivatorUtilities.CreateInstance<StreamConsumer<TMessage, THandler>>(services, group, options)
        );
        return builder;
    }

    /// <summary>Runs two such consumers, of the live stream of a type and of the one of replays: neither waits for the other.</summary>
    public static IHostApplicationBuilder AddStreamConsumers<
        TMessage,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler
    >(this IHostApplicationBuilder builder, string group, Action<StreamConsumerOptions>? configure = null)
        where TMessage : class
        where THandler : class, IStreamHandler<TMessage>
    {
        var live = StreamCodecs.For<TMessage>().Stream ?? throw new ArgumentException($"{typeof(TMessage).Name} has no stream of its own");
        return builder
            .AddStreamConsumer<TMessage, THandler>(group, configure)
            .AddStreamConsumer<TMessage, THandler>(group, options =>
            {
                configure?.Invoke(options);
                options.Stream = StreamNames.OfReplays(live);
            });
    }

    private static void AddBus(this IServiceCollection services)
    {
        services.AddSingleton<RedisBus>();
        services.AddSingleton<RedisEndpointName>();
        services.AddSingleton<InstanceName>();
        services.AddSingleton<MessagingMetrics>();
        services.AddSingleton<StreamAdmin>();
        services.AddSingleton<IStreamAdmin>(static provider => provider.GetRequiredService<StreamAdmin>());
        services.AddSingleton<IRestarts, Restarts>();
        services.AddHostedService<StreamSampler>();
        services.AddHostedService<RestartCounter>();
    }

    private static void AddReading(this IServiceCollection services)
    {
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<StreamReaders>();
        services.AddSingleton<IStreamReaders>(static provider => provider.GetRequiredService<StreamReaders>());
        services.AddSingleton<IStreamTail, StreamTail>();
        services.AddSingleton<IStreamState, StreamState>();
        services.AddSingleton<IWatermarks, Watermarks>();
    }

    private static void AddWriting(this IServiceCollection services)
    {
        services.AddSingleton<BackPressure>();
        services.AddSingleton<StreamPublisher>();
        services.AddSingleton<IStreamPublisher>(static provider => provider.GetRequiredService<StreamPublisher>());
        services.AddSingleton<IFieldPublisher>(static provider => provider.GetRequiredService<StreamPublisher>());
        services.AddSingleton<IStreamTransactions, StreamTransactions>();
        services.AddSingleton<ICache, RedisCache>();
        services.AddSingleton<IMonitorChannel, MonitorChannel>();
    }
}
