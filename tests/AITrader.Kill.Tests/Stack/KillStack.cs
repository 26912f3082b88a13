using System.Diagnostics;
using System.Globalization;
using AITrader.ExecutionEngine.Tests.Hosting;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.TestSupport;
using AITrader.Venues.Kite.Rest;

namespace AITrader.Kill.Tests.Stack;

/// <summary>Two strategy engines, two execution engines, a gateway, the mock exchange, Redis and PostgreSQL, each a process of its own.
/// </summary>
internal sealed class KillStack : IAsyncDisposable
{
    public const int LeaseSeconds = 4;
    public const string Symbol = "NSE:INFY";
    public const string Strategy = "churn";

    /// <summary>Largest position that may ever be held, by the limit of the account.</summary>
    public const decimal MaxPosition = 60m;

    public const string RedisServerName = "redis";
    public const string PostgresServerName = "postgres";
    public const string Mock = "mock-mcp";
    public const string Gateway = "gateway";

    private const string Engine = "execution-engine-";
    private const string Strategies = "strategy-engine-";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aitrader-kill-");
    private readonly Dictionary<string, Uri> _addresses = [];
    private readonly Dictionary<string, ServiceProcess> _services = [];
    private readonly Lock _gate = new();
    private Dictionary<string, int> _stops = [];

    private KillStack() { }

    /// <summary>The execution engines.</summary>
    public static IReadOnlyList<string> Engines { get; } = [$"{Engine}1", $"{Engine}2"];

    /// <summary>Everything that may be killed.</summary>
    public static IReadOnlyList<string> Victims { get; } =
    [.. Engines, $"{Strategies}1", $"{Strategies}2", Gateway, Mock, RedisServerName, PostgresServerName];

    public RedisServer Redis { get; private set; } = null!;

    public ServiceDatabase Database { get; private set; } = null!;

    /// <summary>Best bid at the mock when it began.</summary>
    public decimal Bid { get; private set; }

    private PostgresServer Postgres { get; set; } = null!;

    private string StopFile => Path.Combine(_folder.FullName, "stop");

    public static async Task<KillStack> StartAsync()
    {
        var stack = new KillStack();
        try
        {
            await stack.BeginAsync();
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    public AITraderDbContext NewContext() => Database.NewContext();

    /// <summary>Address of a service; the same after it was started again.</summary>
    public Uri AddressOf(string name) => _addresses[name];

    public ServiceProcess Service(string name)
    {
        lock (_gate)
        {
            return _services[name];
        }
    }

    public Task KillAsync(string name) =>
        name switch
        {
            RedisServerName => Redis.KillAsync(),
            PostgresServerName => Postgres.KillAsync(),
            _ => Service(name).KillAsync(),
        };

    public Task StartAgainAsync(string name) =>
        name switch
        {
            RedisServerName => Redis.StartAgainAsync(),
            PostgresServerName => Postgres.StartAgainAsync(),
            _ => StartServiceAsync(name),
        };

    public void Freeze(string name) => Signal(name, Redis.Freeze, Postgres.Freeze, static service => service.Freeze());

    public void Thaw(string name) => Signal(name, Redis.Thaw, Postgres.Thaw, static service => service.Thaw());

    /// <summary>Asks the first execution engine that comes to a step to stop there.</summary>
    public Task AskToStopAtAsync(string step, CancellationToken ct)
    {
        // One that was frozen there before, and went on, has said so once already.
        _stops = Engines.ToDictionary(static name => name, name => StopsOf(name, step));
        return File.WriteAllTextAsync(StopFile, step, ct);
    }

    /// <summary>The engine that stopped; null while none has.</summary>
    public string? StoppedAt(string step) =>
        Engines.FirstOrDefault(name => StopsOf(name, step) > _stops[name]) is { } stopped && File.Exists(StopFile + ".taken")
            ? stopped
            : null;

    /// <summary>Lets the engine that stopped go on, and nobody stop any more.</summary>
    public void Release()
    {
        File.Delete(StopFile);
        File.Delete(StopFile + ".taken");
    }

    /// <summary>The last complaints of all services.</summary>
    public string Describe() =>
        string.Join(
            '\n',
            _services.SelectMany(static service =>
                service
                    .Value.Output.Where(static line =>
                        line.Contains("Warning", StringComparison.Ordinal) || line.Contains("Error", StringComparison.Ordinal)
                    )
                    .TakeLast(15)
                    .Concat(service.Value.Errors.TakeLast(5))
                    .Select(line => $"{service.Key}: {line}")
            )
        );

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.Values)
        {
            await service.DisposeAsync();
        }

        await (Redis?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Delete(recursive: true);
    }

    private async Task BeginAsync()
    {
        SamplePlugin.Compile(Path.Combine(_folder.FullName, "Churn.dll"), ChurnStrategy.Code);
        (Redis, Postgres) = (await RedisServer.StartProcessAsync(), await PostgresServer.StartProcessAsync());
        Database = await Postgres.CreateServiceDatabaseAsync();
        await using (var db = NewContext())
        {
            db.Accounts.Add(
                new AccountRow
                {
                    Id = AccountRow.LiveAccount,
                    Currency = "INR",
                    InitialCash = 1_000_000m,
                    Cash = 1_000_000m,
                    UpdatedAt = TimeProvider.System.GetUtcNow(),
                }
            );
            await db.SaveChangesAsync();
        }

        await StartServiceAsync(Mock);
        Bid = await FindBidAsync(Service(Mock).Client);
        await Task.WhenAll(
            Victims.Where(static name => name is not (Mock or RedisServerName or PostgresServerName)).Select(StartServiceAsync)
        );
    }

    // Before any engine: a login ends the session before of the same app.
    private static async Task<decimal> FindBidAsync(HttpClient mock)
    {
        var kite = new KiteClient(mock);
        var token = await kite.RequestTokenAsync(mock.BaseAddress!, "test_api_key", default);
        var caller = (await kite.CreateSessionAsync("test_api_key", token, "test_api_secret", default)).Credentials;
        return (await kite.GetQuotesAsync(caller, [Symbol], default))[Symbol].Depth!.Buy[0].Price;
    }

    private async Task StartServiceAsync(string name)
    {
        if (!_addresses.TryGetValue(name, out var address))
        {
            lock (_gate)
            {
                address = _addresses[name] = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Find()}"));
            }
        }

        var settings = new StackSettings(this, _folder.FullName, StopFile);
        var service = await ServiceProcess.StartAsync(
            ProjectOf(name),
            [("urls", address.ToString().TrimEnd('/')), ("Streams:Instance", name), .. settings.Of(name)]
        );
        lock (_gate)
        {
            _services[name] = service;
        }
    }

    private static string ProjectOf(string name) =>
        name switch
        {
            Mock => "AITrader.MockMcp",
            Gateway => "AITrader.Backend",
            _ when name.StartsWith(Engine, StringComparison.Ordinal) => "AITrader.ExecutionEngine",
            _ when name.StartsWith(Strategies, StringComparison.Ordinal) => "AITrader.StrategyEngine",
            _ => throw new UnreachableException(name),
        };

    private int StopsOf(string engine, string step) =>
        Service(engine).Output.Count(line => line.Contains($"Stopped at {step}", StringComparison.Ordinal));

    private void Signal(string name, Action redis, Action postgres, Action<ServiceProcess> service)
    {
        switch (name)
        {
            case RedisServerName:
                redis();
                break;
            case PostgresServerName:
                postgres();
                break;
            default:
                service(Service(name));
                break;
        }
    }
}
