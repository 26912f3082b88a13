using AITrader.Hosting.Home;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.Hosting.LocalServers.Redis;

/// <summary>Redis in a container where containers run and when publishing, and as a process of this machine elsewhere.</summary>
public static class RedisServerExtensions
{
    /// <summary>Adds Redis as a container or as a process; resources that reference it need not know which.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="password">What clients must give.</param>
    /// <param name="settings">Settings for both ways.</param>
    /// <param name="dataFolder">Where a process keeps its data; a container has its volume.</param>
    /// <param name="port">The port outside of the container, or of the process.</param>
    /// <param name="configureContainer">What only a container needs.</param>
    /// <exception cref="DistributedApplicationException">There is neither a container runtime nor a <c>redis-server</c>.</exception>
    public static IResourceBuilder<IResourceWithConnectionString> AddRedisServer(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource> password,
        RedisSettings settings,
        string dataFolder,
        int? port = null,
        Action<IResourceBuilder<RedisResource>>? configureContainer = null
    )
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!builder.UsesContainers())
        {
            return builder.AddLocalRedis(name, password, settings, dataFolder, port);
        }

        var redis = builder.AddRedis(name, port, password).WithoutHttpsCertificate().WithArgs(context => AddArguments(context, settings));
        configureContainer?.Invoke(redis);
        return redis;
    }

    /// <summary>Adds the <c>redis-server</c> of this machine: on loopback, its password in a file of mode 0600 and in no
    /// argument.</summary>
    /// <exception cref="DistributedApplicationException">There is none; the text says how to get it.</exception>
    public static IResourceBuilder<LocalRedisResource> AddLocalRedis(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource> password,
        RedisSettings settings,
        string dataFolder,
        int? port = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(password);
        ArgumentException.ThrowIfNullOrEmpty(dataFolder);
        PrivateFiles.CreateFolder(dataFolder);
        var listensOn = LocalPorts.Choose(builder, port);
        var redis = new LocalRedisResource(name, ServerPrograms.RedisServer(), dataFolder, password.Resource);
        var file = Path.Combine(dataFolder, "redis.conf");
        var check = $"{name}_check";
        builder
            .Services.AddHealthChecks()
            .Add(new HealthCheckRegistration(check, _ => new RedisHealthCheck(redis), failureStatus: null, tags: null));
        return builder
            .AddResource(redis)
            .WithArgs(file)
            .WithEndpoint(port: listensOn, targetPort: listensOn, scheme: "tcp", name: LocalRedisResource.EndpointName, isProxied: false)
            .WithHealthCheck(check)
            .ExcludeFromManifest()
            .OnBeforeResourceStarted(
                async (_, _, cancellationToken) =>
                {
                    var secret = await redis.Password.GetValueAsync(cancellationToken) ?? string.Empty;
                    await PrivateFiles.WriteAsync(file, settings.ToFile(listensOn, dataFolder, secret), cancellationToken);
                }
            );
    }

    // In run mode the container's arguments are a list; published, they are "-c" and one line for the shell.
    private static void AddArguments(CommandLineArgsCallbackContext context, RedisSettings settings)
    {
        if (context.ExecutionContext.IsPublishMode)
        {
            context.Args[^1] = $"{context.Args[^1]} {string.Join(' ', settings.ToArguments())}";
            return;
        }

        foreach (var argument in settings.ToArguments())
        {
            context.Args.Add(argument);
        }
    }
}
