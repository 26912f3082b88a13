using Aspire.Hosting.ApplicationModel;

namespace AITrader.Hosting.LocalServers.Postgres;

/// <summary>The PostgreSQL server of this machine, under the name and with the connection string that a container would have.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="command">What starts the server.</param>
/// <param name="cluster">Its programs, data and account.</param>
/// <param name="password">The password of the owner, <see cref="Owner" />.</param>
public sealed class LocalPostgresResource(string name, string command, PostgresCluster cluster, ParameterResource password)
    : ExecutableResource(name, command, "/"),
        IResourceWithConnectionString
{
    /// <summary>The superuser that the container image makes, too.</summary>
    public const string Owner = "postgres";

    internal const string EndpointName = "tcp";

    /// <summary>Where it listens: on loopback only.</summary>
    public EndpointReference PrimaryEndpoint => field ??= new(this, EndpointName);

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create(
            $"Host={PrimaryEndpoint.Property(EndpointProperty.Host)};Port={PrimaryEndpoint.Property(EndpointProperty.Port)};Username={Owner};Password={password}"
        );

    internal ParameterResource Password => password;

    internal PostgresCluster Cluster => cluster;

    /// <summary>Names of the databases to make.</summary>
    internal List<string> Databases { get; } = [];
}
