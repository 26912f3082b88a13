using AITrader.AppHost.Home;
using AITrader.AppHost.Kubernetes;
using AITrader.AppHost.Naming;
using AITrader.Hosting.LocalServers.Postgres;
using AITrader.Hosting.LocalServers.Redis;
using AITrader.Hosting.Restarts;

namespace AITrader.AppHost.Topology;

/// <summary>Adds Redis and PostgreSQL with their settings, as containers or as processes.</summary>
internal static class StateExtensions
{
    private const int RedisPort = 6379;
    private const int PostgresPort = 5432;

    // Every service has a pool of its own; the default of 100 connections is soon used up.
    private static readonly SortedDictionary<string, string> PostgresSettings = new(StringComparer.Ordinal) { ["max_connections"] = "300" };

    public static IResourceBuilder<IResourceWithConnectionString> AddBus(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<ParameterResource> password
    ) =>
        builder
            .AddRedisServer(
                ResourceNames.Redis,
                password,
                BusSettings.Read(builder.Configuration),
                builder.Home().DataOf(ResourceNames.Redis),
                RedisPort,
                redis =>
                    redis
                        .WithImageTag("7.4")
                        .WithDataVolume(builder.DataVolume(ResourceNames.Redis))
                        // The volume brings a snapshot rule of its own, after every change; this one says what the settings above say.
                        .WithPersistence(TimeSpan.FromSeconds(60), keysChangedThreshold: 1000)
                        .PublishAsKubernetesService(StateWorkload.Configure)
            )
            .WithRestarts()
            .WithRestartReports();

    public static IResourceBuilder<IResourceWithConnectionString> AddDatabase(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<ParameterResource> password
    ) =>
        builder
            .AddPostgresServer(
                ResourceNames.Postgres,
                password,
                PostgresSettings,
                builder.Home().DataOf(ResourceNames.Postgres),
                PostgresPort,
                postgres =>
                    postgres
                        .WithImageTag("15")
                        .WithDataVolume(builder.DataVolume(ResourceNames.Postgres))
                        .WithPublishedDataFolder()
                        .PublishAsKubernetesService(StateWorkload.Configure)
            )
            .WithRestarts()
            .AddServerDatabase(ResourceNames.Database);

    /// <summary>The database with the login of the services, which the migrations make and which owns nothing.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AsServices(
        this IResourceBuilder<IResourceWithConnectionString> owner,
        IResourceBuilder<ParameterResource> password
    ) => owner.AddLogin($"{ResourceNames.Database}-app", "aitrader_app", password);

    /// <summary>The database with the login of the gateway.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AsGateway(
        this IResourceBuilder<IResourceWithConnectionString> owner,
        IResourceBuilder<ParameterResource> password
    ) => owner.AddLogin($"{ResourceNames.Database}-gateway", "aitrader_gateway", password);

    // A folder inside the volume: the volume itself may hold lost+found, and the server starts only in an empty folder.
    private static IResourceBuilder<PostgresServerResource> WithPublishedDataFolder(
        this IResourceBuilder<PostgresServerResource> postgres
    ) =>
        postgres.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? postgres.WithEnvironment("PGDATA", "/var/lib/postgresql/data/pgdata")
            : postgres;
}
