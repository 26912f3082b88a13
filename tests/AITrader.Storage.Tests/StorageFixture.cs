using AITrader.Storage.Inbox;
using AITrader.Storage.Model;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;
using AITrader.Storage.Ticks;
using AITrader.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AITrader.Storage.Tests;

/// <summary>A migrated database of one's own and a host that uses it.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    private IHost _host = null!;

    public ServiceDatabase Database { get; private set; } = null!;

    /// <summary>Under which a service connects.</summary>
    public string ConnectionString => Database.App;

    public RecordingPublisher Published { get; } = new();

    public IServiceProvider Services => _host.Services;

    public ITickStore Ticks => Services.GetRequiredService<ITickStore>();

    public IOutbox Outbox => Services.GetRequiredService<IOutbox>();

    public IOutboxRelay Relay => Services.GetRequiredService<IOutboxRelay>();

    public IInbox Inbox => Services.GetRequiredService<IInbox>();

    public static IHost HostFor(string connectionString, IOutboxPublisher publisher, string source = "test", int batchSize = 500)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "AITrader.Storage.Tests" });
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:aitrader"] = connectionString,
                ["Outbox:Source"] = source,
                ["Outbox:BatchSize"] = $"{batchSize}",
            }
        );
        builder.Logging.ClearProviders();
        builder.AddStorage();
        builder.Services.AddSingleton(publisher);
        return builder.Build();
    }

    /// <summary>A context of the owner's: a test may do what a service may not.</summary>
    public AITraderDbContext NewContext() => Database.NewContext();

    public async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.SharedAsync();
        Database = await server.CreateServiceDatabaseAsync();
        _host = HostFor(ConnectionString, Published);
    }

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Stands for the bus: remembers what was published, fails when told to.</summary>
public sealed class RecordingPublisher : IOutboxPublisher
{
    private readonly Lock _gate = new();
    private readonly List<OutboxRow> _rows = [];

    public Exception? FailAfterPublishing { get; set; }

    public IReadOnlyList<OutboxRow> Rows
    {
        get
        {
            lock (_gate)
            {
                return [.. _rows];
            }
        }
    }

    public Task PublishAsync(IReadOnlyList<OutboxRow> rows, CancellationToken ct)
    {
        lock (_gate)
        {
            _rows.AddRange(rows);
        }

        return FailAfterPublishing is { } failure ? Task.FromException(failure) : Task.CompletedTask;
    }
}
