using AITrader.Contracts;
using AITrader.Contracts.Codecs;
using AITrader.Messaging;
using AITrader.Messaging.Hosting;
using AITrader.ServiceDefaults;
using AITrader.Storage;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AITrader.Trading.TestBench;

/// <summary>A database with an account, an empty Redis, and what a test needs to talk to both.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(120);

    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private readonly RedisServer _redis;
    private readonly List<IHost> _hosts = [];
    private readonly ServiceDatabase _database;

    private Bench(ServiceDatabase database, RedisServer redis) => (_database, _redis) = (database, redis);

    public IHost Tools { get; private set; } = null!;

    public IStreamPublisher Bus => Tools.Services.GetRequiredService<IStreamPublisher>();

    public IWatermarks Watermarks => Tools.Services.GetRequiredService<IWatermarks>();

    /// <summary>What a process needs to reach both.</summary>
    public IReadOnlyList<(string Path, string Value)> Connections =>
        [("ConnectionStrings:aitrader", _database.App), ("ConnectionStrings:redis", _redis.ConnectionString)];

    /// <summary>What the gateway needs to reach both.</summary>
    public IReadOnlyList<(string Path, string Value)> GatewayConnections =>
        [("ConnectionStrings:aitrader", _database.Gateway), ("ConnectionStrings:redis", _redis.ConnectionString)];

    public static async Task<Bench> StartAsync()
    {
        var server = await PostgresServer.SharedAsync();
        var template = await Template.Value;
        var bench = new Bench(await server.CreateServiceDatabaseAsync(template), await RedisServer.StartAsync());
        bench.Tools = bench.NewHost("tools", Tool);
        await bench.Tools.StartAsync();
        return bench;
    }

    /// <summary>The database as its owner sees it: a test may do what the services may not.</summary>
    public AITraderDbContext NewContext() => _database.NewContext();

    /// <summary>Starts a service on this bench.</summary>
    public async Task<IHost> StartAsync(string name, Action<IHostApplicationBuilder> compose, params (string Key, string Value)[] settings)
    {
        var host = NewHost(name, compose, settings);
        await host.StartAsync();
        return host;
    }

    public async Task StopAsync(IHost host)
    {
        _hosts.Remove(host);
        await host.StopAsync();
        await DisposeAsync(host);
    }

    /// <summary>Redis loses everything, and goes on.</summary>
    public Task EmptyRedisAsync() => _redis.EmptyAsync();

    /// <summary>All entries of the streams of a type, from their start: live ones first.</summary>
    public async Task<IReadOnlyList<T>> ReadAllAsync<T>()
        where T : class
    {
        var all = new List<T>();
        foreach (var lane in Lane.All)
        {
            await using var reader = Tools
                .Services.GetRequiredService<IStreamReaders>()
                .Open<T>($"test-{Guid.CreateVersion7()}", stream: lane.Of(StreamCodecs.For<T>().Stream!));
            while (await reader.ReadAsync(1000, TimeSpan.Zero, TestContext.Current.CancellationToken) is { Count: > 0 } entries)
            {
                all.AddRange(entries.Select(static entry => entry.Message));
            }
        }

        return all;
    }

    /// <summary>Looks again until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < MaxWait, $"Waited in vain: {what}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until a stage has come as far as that. A slow machine may take its time: given up is what stands still.</summary>
    public async Task UntilAsync(string run, string stage, long seq)
    {
        var ct = TestContext.Current.CancellationToken;
        var reached = Watermarks.WaitForAsync(run, stage, seq, ct);
        var before = "";
        while (await Task.WhenAny(reached, Task.Delay(MaxWait, ct)) != reached)
        {
            var now = await ProgressAsync(run, ct);
            Assert.True(now != before, $"{stage} does not come to {seq}: nothing has moved for {MaxWait}, {now}");
            before = now;
        }

        await reached;
    }

    public Task UntilAsync(Func<AITraderDbContext, Task<bool>> isSo, string what) =>
        UntilAsync(
            async () =>
            {
                await using var db = NewContext();
                return await isSo(db);
            },
            what
        );

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.AsEnumerable().Reverse())
        {
            await host.StopAsync();
            await DisposeAsync(host);
        }

        await _redis.DisposeAsync();
    }

    private async Task<string> ProgressAsync(string run, CancellationToken ct)
    {
        var stages = new List<string>();
        foreach (var stage in (string[])[ReplayStages.Pattern, ReplayStages.Strategy, ReplayStages.Execution])
        {
            stages.Add($"{stage} {await Watermarks.GetAsync(run, stage, ct)}");
        }

        return string.Join(", ", stages);
    }

    private static async ValueTask DisposeAsync(IHost host)
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateServiceDatabaseAsync();

        // No pool: nobody may be connected to what is copied.
        await using var db = new AITraderDbContext(
            new DbContextOptionsBuilder<AITraderDbContext>().UseNpgsql(database.Owner + ";Pooling=false").Options
        );
        db.Accounts.Add(
            new AccountRow
            {
                Id = AccountRow.LiveAccount,
                Currency = "USDT",
                InitialCash = 1_000_000m,
                Cash = 1_000_000m,
                UpdatedAt = TimeProvider.System.GetUtcNow(),
            }
        );
        await db.SaveChangesAsync();
        return db.Database.GetDbConnection().Database;
    }

    private IHost NewHost(string name, Action<IHostApplicationBuilder> compose, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = name });
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:aitrader"] = _database.App,
                ["ConnectionStrings:redis"] = _redis.ConnectionString,
                ["Streams:Instance"] = name,
                ["Logging:LogLevel:Default"] = "Warning",

                // As the host tells it where live orders are simulated.
                ["Strategies:LiveAccount"] = "paper",

                // The account is in USDT; what else the tests trade counts one for one, so that sums can be read.
                ["Execution:Rates:USD/USDT"] = "1",
                ["Execution:Rates:INR/USDT"] = "1",
            }
        );
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(static pair => pair.Key, static pair => (string?)pair.Value));
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        if (Environment.GetEnvironmentVariable("BENCH_LOG") is { Length: > 0 })
        {
            builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole();
        }

        compose(builder);
        var host = builder.Build();
        _hosts.Add(host);
        return host;
    }

    private static void Tool(IHostApplicationBuilder builder)
    {
        builder.AddMessaging();
        builder.AddStorage();
    }
}
