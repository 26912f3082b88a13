namespace AITrader.TestSupport;

/// <summary>Databases for one test class: <c>IClassFixture&lt;PostgresFixture&gt;</c>. They go with the server, and that with the process.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    /// <summary>Starts the server that the test classes of this process share.</summary>
    public async ValueTask InitializeAsync() => await PostgresServer.SharedAsync();

    /// <summary>A migrated database of one's own, under the login of the services that trade.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> NewDatabaseAsync() => (await (await PostgresServer.SharedAsync()).CreateServiceDatabaseAsync()).App;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
