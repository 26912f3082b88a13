namespace AITrader.TestSupport;

/// <summary>An empty Redis for one test class: <c>IClassFixture&lt;RedisFixture&gt;</c>.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private RedisServer? _server;

    /// <summary>Address for StackExchange.Redis.</summary>
    public string ConnectionString => _server!.ConnectionString;

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _server!.DisposeAsync();
}
