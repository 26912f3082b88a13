using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Storage;
using AITrader.Storage.Rows;
using AITrader.Storage.Runs;
using AITrader.Storage.Ticks;
using AITrader.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.Backend.Tests;

/// <summary>A gateway on a migrated database and a Redis of its own, with a few rows.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    public static readonly DateTimeOffset Time = new(2024, 8, 8, 12, 0, 0, TimeSpan.Zero);

    private RedisServer _redis = null!;
    private IHost _marketData = null!;

    public ServiceDatabase Database { get; private set; } = null!;

    public string Redis => _redis.ConnectionString;

    /// <summary>The store as market-data has it: the gateway stores no tick.</summary>
    public ITickStore Ticks => _marketData.Services.GetRequiredService<ITickStore>();

    /// <summary>Stores backtests as the worker does.</summary>
    public BacktestRuns Backtests => _marketData.Services.GetRequiredService<BacktestRuns>();

    public Gateway Gateway { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public static Guid Id(string name) => DeterministicId.Create("test", name);

    public async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.SharedAsync();
        Database = await server.CreateServiceDatabaseAsync();
        await SeedAsync(Database);
        _redis = await RedisServer.StartAsync();
        _marketData = MarketData(Database.App);
        Gateway = await Gateway.StartAsync(Database, Redis);
        Client = await Gateway.ClientAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Gateway.DisposeAsync();
        _marketData.Dispose();
        await _redis.DisposeAsync();
    }

    public static async Task SeedAsync(ServiceDatabase database)
    {
        await using var db = database.NewContext();
        db.Add(UserRow("viewer"));
        db.Add(UserRow("trader"));
        db.Add(
            new AccountRow
            {
                Id = AccountRow.LiveAccount,
                Currency = "USDT",
                InitialCash = 100_000,
                Cash = 99_000.50m,
                RealisedPnl = 12.5m,
                Fees = 3.25m,
                UpdatedAt = Time,
            }
        );
        db.Add(
            new PositionRow
            {
                Symbol = "BTCUSDT",
                Quantity = 0.02m,
                AveragePrice = 50_000,
                LastPrice = 51_000,
                RealisedPnl = 12.5m,
                Fees = 3.25m,
                UpdatedAt = Time,
            }
        );
        for (var n = 1; n <= 5; n++)
        {
            db.Add(SignalRow($"signal{n}", n));
            db.Add(OrderRow($"order{n}", n));
            db.Add(ExecutionRow($"exec{n}", $"order{n}", n));
        }

        db.Add(
            new OrderEventRow
            {
                OrderId = Id("order1"),
                Status = "SUBMITTED",
                Timestamp = Time,
                RecordedAt = Time,
            }
        );
        db.Add(DecisionRow("decision1", "signal1"));
        await db.SaveChangesAsync();
    }

    /// <summary>A user who is called as its role.</summary>
    public static UserRow UserRow(string role) =>
        new()
        {
            Id = Id(role),
            Username = role,
            Role = role,
            CreatedAt = Time,
        };

    public static OrderRow OrderRow(string name, int n, string symbol = "BTCUSDT") =>
        new()
        {
            Id = Id(name),
            ClientOrderId = Id(name),
            DecisionId = Id("decision1"),
            Symbol = symbol,
            Side = Side.Buy,
            Type = "MARKET",
            TimeInForce = "DAY",
            Quantity = 0.5m,
            FilledQuantity = 0.5m,
            AveragePrice = 50_000.10m,
            Status = n % 2 == 0 ? "FILLED" : "ACCEPTED",
            Origin = "ema_cross",
            EventTime = Time.AddSeconds(n),
            CreatedAt = Time.AddSeconds(n),
            UpdatedAt = Time.AddSeconds(n),
        };

    public static ExecutionRow ExecutionRow(string name, string order, int n) =>
        new()
        {
            ExecId = Id(name),
            OrderId = Id(order),
            Symbol = "BTCUSDT",
            Side = Side.Buy,
            Quantity = 0.5m,
            Price = 50_000.10m,
            Fee = 1.5m,
            Liquidity = "taker",
            Timestamp = Time.AddSeconds(n),
            Trade = new TradeRow
            {
                Timestamp = Time.AddSeconds(n),
                Symbol = "BTCUSDT",
                Side = Side.Buy,
                Quantity = 0.5m,
                Price = 50_000.10m,
                Fees = 1.5m,
                Pnl = n,
                StrategyTag = "ema_cross",
            },
        };

    private static IHost MarketData(string database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "AITrader.MarketData" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:aitrader"] = database });
        builder.AddStorage();
        return builder.Build();
    }

    private static SignalRow SignalRow(string name, int n) =>
        new()
        {
            Id = Id(name),
            Symbol = "BTCUSDT",
            Score = 0.75,
            Timestamp = Time.AddSeconds(n / 2),
            Pattern = "ema_cross",
            Direction = SignalDirection.Bullish,
            Price = 50_000.10m,
            TickId = $"run:{n}",
            Seq = n,
            Features = n == 1 ? """{"rsi":55.5,"window":[1,2],"evidence":{"band":0.5,"distance_bps":1.25},"horizon_seconds":300}""" : "{}",
        };

    private static DecisionRow DecisionRow(string name, string signal) =>
        new()
        {
            Id = Id(name),
            SignalId = Id(signal),
            Symbol = "BTCUSDT",
            Action = "BUY",
            Score = 0.35,
            Reason = "score",
            Factors = """
                [{"name":"pattern","weight":0.45,"value":0.75,"contribution":0.3375,"note":"ema_cross"},
                 {"name":"technicals","weight":0.25,"value":0.05,"contribution":0.0125,"note":"trend=0.1 momentum=0"},
                 {"name":"forecast","weight":0.2,"value":0,"contribution":0,"note":"absent: late"}]
                """,
            Provenance = """{"winner":"onnx-runner","threshold":0.3}""",
            OrderId = Id("order1"),
            Timestamp = Time,
            DecidedAt = Time,
        };
}
