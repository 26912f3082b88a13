using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.Hosting.LocalServers.Postgres;

/// <summary>PostgreSQL in a container where containers run and when publishing, and as a process of this machine elsewhere.</summary>
public static class PostgresServerExtensions
{
    // SIGTERM would wait for every client to leave ("smart" shutdown); SIGINT ends their sessions and writes a checkpoint ("fast").
    // Should the shell itself be killed, the kernel gives the server the same signal, so that no server is left without its host.
    private const string Launcher = """
        setpriv --pdeathsig INT "$@" &
        server=$!
        trap 'kill -INT $server' TERM INT
        wait $server
        code=$?
        while kill -0 $server 2>/dev/null; do wait $server; code=$?; done
        exit $code
        """;

    /// <summary>Adds PostgreSQL as a container or as a process; resources that reference it need not know which.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="password">The password of the owner, <c>postgres</c>.</param>
    /// <param name="settings">Settings of the server, as <c>-c name=value</c> takes them.</param>
    /// <param name="dataFolder">Where a process keeps its data; a container has its volume.</param>
    /// <param name="port">The port outside of the container, or of the process.</param>
    /// <param name="configureContainer">What only a container needs.</param>
    /// <exception cref="DistributedApplicationException">There is neither a container runtime nor an installed server.</exception>
    public static IResourceBuilder<IResourceWithConnectionString> AddPostgresServer(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource> password,
        IReadOnlyDictionary<string, string> settings,
        string dataFolder,
        int? port = null,
        Action<IResourceBuilder<PostgresServerResource>>? configureContainer = null
    )
    {
        var arguments = settings.SelectMany(static setting => new[] { "-c", $"{setting.Key}={setting.Value}" }).ToArray();
        if (!builder.UsesContainers())
        {
            return builder.AddLocalPostgres(name, password, dataFolder, port, arguments);
        }

        var postgres = builder.AddPostgres(name, password: password, port: port).WithArgs([.. arguments]);
        configureContainer?.Invoke(postgres);
        return postgres;
    }

    /// <summary>Adds a database, which is there as soon as the server is ready.</summary>
    /// <param name="server">What <see cref="AddPostgresServer" /> returned.</param>
    /// <param name="name">The resource's name, which is the database's own name too.</param>
    public static IResourceBuilder<IResourceWithConnectionString> AddServerDatabase(
        this IResourceBuilder<IResourceWithConnectionString> server,
        string name
    ) =>
        server switch
        {
            IResourceBuilder<LocalPostgresResource> local => AddLocalDatabase(local, name),
            IResourceBuilder<PostgresServerResource> container => container.AddDatabase(name),
            _ => throw new ArgumentException("Not a PostgreSQL server.", nameof(server)),
        };

    /// <summary>Adds the connection string of a login with fewer rights than the owner's. The login itself is made elsewhere.</summary>
    /// <param name="database">What <see cref="AddServerDatabase" /> returned.</param>
    /// <param name="name">The connection string's resource name.</param>
    /// <param name="login">The login's name on the server.</param>
    /// <param name="password">Its password.</param>
    public static IResourceBuilder<IResourceWithConnectionString> AddLogin(
        this IResourceBuilder<IResourceWithConnectionString> database,
        string name,
        string login,
        IResourceBuilder<ParameterResource> password
    )
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(password);
        var (endpoint, databaseName) = database.Resource switch
        {
            LocalPostgresDatabaseResource local => (local.Parent.PrimaryEndpoint, local.DatabaseName),
            PostgresDatabaseResource container => (container.Parent.PrimaryEndpoint, container.DatabaseName),
            _ => throw new ArgumentException("Not a PostgreSQL database.", nameof(database)),
        };
        return database.ApplicationBuilder.AddConnectionString(
            name,
            ReferenceExpression.Create(
                $"Host={endpoint.Property(EndpointProperty.Host)};Port={endpoint.Property(EndpointProperty.Port)};Username={login};Password={password.Resource};Database={databaseName}"
            )
        );
    }

    /// <summary>Adds the PostgreSQL server of this machine: on loopback, its password in no argument; the data folder is made on the first
    /// start.</summary>
    /// <exception cref="DistributedApplicationException">None is installed; the text says how to get it.</exception>
    public static IResourceBuilder<LocalPostgresResource> AddLocalPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource> password,
        string dataFolder,
        int? port = null,
        params string[] arguments
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(password);
        ArgumentException.ThrowIfNullOrEmpty(dataFolder);
        var cluster = PostgresCluster.In(dataFolder);
        var listensOn = LocalPorts.Choose(builder, port);
        var (command, launch) = Launch(cluster);
        var server = new LocalPostgresResource(name, command, cluster, password.Resource);
        return builder
            .AddResource(server)
            .WithArgs([.. launch, "-D", cluster.Data, "-p", listensOn.ToString(CultureInfo.InvariantCulture)])
            // TCP on loopback only: the distribution's socket folder belongs to the distribution's own server.
            .WithArgs(["-c", "listen_addresses=localhost", "-c", "unix_socket_directories=", .. arguments])
            .WithEndpoint(port: listensOn, targetPort: listensOn, scheme: "tcp", name: LocalPostgresResource.EndpointName, isProxied: false)
            .WithHealthCheck(AddCheck(builder, $"{name}_check", server))
            .ExcludeFromManifest()
            .OnBeforeResourceStarted(
                static async (postgres, _, cancellationToken) =>
                    await postgres.Cluster.PrepareAsync(
                        await postgres.Password.GetValueAsync(cancellationToken) ?? string.Empty,
                        postgres.Databases,
                        cancellationToken
                    )
            );
    }

    private static IResourceBuilder<LocalPostgresDatabaseResource> AddLocalDatabase(
        IResourceBuilder<LocalPostgresResource> server,
        string name
    )
    {
        var database = new LocalPostgresDatabaseResource(name, name, server.Resource);
        server.Resource.Databases.Add(name);
        // Aspire passes the state of containers on to their children, and of nothing else.
        server.OnResourceReady((_, ready, _) => TellAsync(ready.Services, database, KnownResourceStates.Running));
        server.OnResourceStopped((_, stopped, _) => TellAsync(stopped.Services, database, KnownResourceStates.Exited));
        return server
            .ApplicationBuilder.AddResource(database)
            .WithHealthCheck(AddCheck(server.ApplicationBuilder, $"{name}_check", database))
            .ExcludeFromManifest();
    }

    private static Task TellAsync(IServiceProvider services, IResource resource, string state) =>
        services
            .GetRequiredService<ResourceNotificationService>()
            .PublishUpdateAsync(resource, snapshot => snapshot with { State = state });

    private static (string Command, string[] Arguments) Launch(PostgresCluster cluster) =>
        PostgresCluster.Setpriv is null
            ? (cluster.Server, [])
            : ("/bin/sh", ["-c", Launcher, "postgres", .. PostgresCluster.AsServiceAccount, cluster.Server]);

    private static string AddCheck(IDistributedApplicationBuilder builder, string key, IResourceWithConnectionString postgres)
    {
        builder
            .Services.AddHealthChecks()
            .Add(new HealthCheckRegistration(key, _ => new PostgresHealthCheck(postgres), failureStatus: null, tags: null));
        return key;
    }
}
