using Testcontainers.Redis;

namespace AITrader.TestSupport;

/// <summary>An empty Redis for one test class: <c>IClassFixture&lt;RedisFixture&gt;</c>.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private readonly RedisContainer _container = new RedisBuilder("redis:7").Build();

    /// <summary>Address for StackExchange.Redis.</summary>
    public string ConnectionString => _container.GetConnectionString();

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => await _container.StartAsync();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _container.DisposeAsync();
}
