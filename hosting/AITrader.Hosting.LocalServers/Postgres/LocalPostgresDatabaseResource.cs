using Aspire.Hosting.ApplicationModel;

namespace AITrader.Hosting.LocalServers.Postgres;

/// <summary>A database of the machine's server; it is there as soon as the server answers.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="databaseName">The database's own name.</param>
/// <param name="server">The server.</param>
public sealed class LocalPostgresDatabaseResource(string name, string databaseName, LocalPostgresResource server)
    : Resource(name),
        IResourceWithParent<LocalPostgresResource>,
        IResourceWithConnectionString
{
    /// <inheritdoc />
    public LocalPostgresResource Parent => server;

    /// <summary>The database's name on the server.</summary>
    public string DatabaseName => databaseName;

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{server.ConnectionStringExpression};Database={databaseName}");
}
