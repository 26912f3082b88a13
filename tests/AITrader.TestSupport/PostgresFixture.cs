namespace AITrader.TestSupport;

/// <summary>Databases for one test class: <c>IClassFixture&lt;PostgresFixture&gt;</c>. They go with the server, and that with the
/// process.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    /// <summary>Starts the server that the test classes of this process share.</summary>
    public async ValueTask InitializeAsync() => await PostgresServer.SharedAsync();

    /// <summary>A migrated database of one's own, under the login of the services that trade.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> NewDatabaseAsync() => (await NewServiceDatabaseAsync()).App;

    /// <summary>A migrated database with all ways into it, for a test that does what no service may.</summary>
    public async Task<ServiceDatabase> NewServiceDatabaseAsync() => await (await PostgresServer.SharedAsync()).CreateServiceDatabaseAsync();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
