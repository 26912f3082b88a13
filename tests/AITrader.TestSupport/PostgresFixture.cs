namespace AITrader.TestSupport;

/// <summary>An empty database for one test class: <c>IClassFixture&lt;PostgresFixture&gt;</c>.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    /// <summary>The server, shared by the test classes of this process.</summary>
    public PostgresServer Server { get; private set; } = null!;

    /// <summary>Address of the class's own database.</summary>
    public string ConnectionString { get; private set; } = string.Empty;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Server = await PostgresServer.SharedAsync();
        ConnectionString = await Server.CreateDatabaseAsync();
    }

    /// <summary>The database goes with the server.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
