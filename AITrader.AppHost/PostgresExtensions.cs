namespace AITrader.AppHost;

/// <summary>What PostgreSQL must be told beyond Aspire's own options.</summary>
internal static class PostgresExtensions
{
    /// <summary>A folder inside the volume: the volume itself may hold <c>lost+found</c>, and the server starts only in an empty folder.</summary>
    public static IResourceBuilder<PostgresServerResource> WithPublishedDataFolder(this IResourceBuilder<PostgresServerResource> postgres) =>
        postgres.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? postgres.WithEnvironment("PGDATA", "/var/lib/postgresql/data/pgdata")
            : postgres;
}
