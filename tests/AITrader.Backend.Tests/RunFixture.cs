using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;

namespace AITrader.Backend.Tests;

/// <summary>A gateway with the live run and a few replays: one that traded, one that did not, and one that goes on.</summary>
public sealed class RunFixture : IAsyncLifetime
{
    private static readonly DateTimeOffset Time = GatewayFixture.Time;

    public GatewayFixture Gateways { get; } = new();

    public static RunRow Run(string name, string kind, int hour, string state = ReplayStates.Finished) =>
        new()
        {
            Run = name,
            Kind = kind,
            State = state,
            Source = "ticks.csv.gz",
            Sha256 = name,
            StartedAt = Time.AddHours(hour),
            FinishedAt = state == ReplayStates.Running ? null : Time.AddHours(hour + 1),
        };

    public async ValueTask InitializeAsync()
    {
        await Gateways.InitializeAsync();
        await using var db = Gateways.Gateway.NewContext();
        AddRuns(db);
        var (first, second, open) = (Account("first", 1000m, 1017m), Account("second", 500m, 500m), Account("open", 500m, 500m));
        db.Accounts.AddRange(first, second, open);
        await db.SaveChangesAsync();
        AddTrades(db, first);
        AddPoints(db, first, (0, 1000m, 799m, 200m), (1, 1060m, 928m, 130m), (2, 1030m, 928m, 100m), (2.5, 1017m, 1017m, 0m));
        AddPoints(db, second, (0, 500m, 500m, 0m));
        AddPoints(db, open, [.. Enumerable.Range(0, 500).Select(static n => (n / 60.0, Wave(n), 500m, 0m))]);
        await db.SaveChangesAsync();
    }

    public ValueTask DisposeAsync() => Gateways.DisposeAsync();

    private static decimal Wave(int n) =>
        n switch
        {
            123 => 1m,
            345 => 9_999m,
            _ => 500m,
        };

    private static void AddRuns(AITraderDbContext db)
    {
        var (live, first, second) = (
            Run(string.Empty, RunKinds.Paper, 0, ReplayStates.Running),
            Run("first", RunKinds.Replay, 1),
            Run("second", RunKinds.Replay, 1)
        );
        first.Setup = """{"rule":{"threshold":0.3},"strategies":[{"name":"ema_cross","options":{"fast":5}}]}""";
        second.Setup =
            """{"rule":{"threshold":0.3},"strategies":[{"name":"extra"},{"name":"ema_cross","options":{"fast":8}}],"search":{"name":"ema_cross-search-1","trial":2}}""";
        db.Runs.AddRange(live, first, second, Run("open", RunKinds.Replay, 3, ReplayStates.Running), Run("gone", RunKinds.Replay, 4));
    }

    private static AccountRow Account(string run, decimal initial, decimal cash) =>
        new()
        {
            Run = run,
            Currency = "USDT",
            InitialCash = initial,
            Cash = cash,
            UpdatedAt = Time,
        };

    private static void AddPoints(
        AITraderDbContext db,
        AccountRow account,
        params (double Hour, decimal Equity, decimal Cash, decimal Exposure)[] points
    ) =>
        db.Equity.AddRange(
            points.Select(point => new EquityRow
            {
                AccountId = account.Id,
                Timestamp = Time.AddHours(point.Hour),
                Equity = point.Equity,
                Cash = point.Cash,
                GrossExposure = point.Exposure,
            })
        );

    private static void AddTrades(AITraderDbContext db, AccountRow account)
    {
        db.Signals.Add(
            new SignalRow
            {
                Id = GatewayFixture.Id("first-signal"),
                Symbol = "BTCUSDT",
                Score = 0.5,
                Timestamp = Time,
                Pattern = "ema_cross",
                Direction = SignalDirection.Bullish,
                Price = 99.5m,
                TickId = "first:1",
                Run = account.Run,
            }
        );
        db.Decisions.Add(
            new DecisionRow
            {
                Id = GatewayFixture.Id("first-decision"),
                SignalId = GatewayFixture.Id("first-signal"),
                Symbol = "BTCUSDT",
                Action = "BUY",
                Score = 0.5,
                Reason = "score",
                Run = account.Run,
                Timestamp = Time,
                DecidedAt = Time,
            }
        );
        Add(db, account, "buy", Side.Buy, 2m, 100m, 0, 0m, "said \"go\", and went");
        Add(db, account, "sell1", Side.Sell, 1m, 130m, 1, 30.1234567890123456m);
        Add(db, account, "sell2", Side.Sell, 1m, 90m, 2, -10m);
    }

    private static void Add(
        AITraderDbContext db,
        AccountRow account,
        string name,
        Side side,
        decimal quantity,
        decimal price,
        int hour,
        decimal pnl,
        string? notes = null
    )
    {
        var order = GatewayFixture.OrderRow($"{account.Run}-{name}", 2);
        (order.Run, order.Side, order.DecisionId) = (account.Run, side, side == Side.Buy ? GatewayFixture.Id("first-decision") : null);
        db.Orders.Add(order);
        var execution = GatewayFixture.ExecutionRow($"{account.Run}-{name}", $"{account.Run}-{name}", 0);
        (execution.Run, execution.AccountId, execution.Side) = (account.Run, account.Id, side);
        (execution.Quantity, execution.Price, execution.Fee, execution.Timestamp) = (quantity, price, 1m, Time.AddHours(hour));
        var trade = execution.Trade!;
        (trade.RunId, trade.Side, trade.Notes) = (account.Run, side, notes);
        (trade.Quantity, trade.Price, trade.Fees, trade.Pnl, trade.Timestamp) = (quantity, price, 1m, pnl, execution.Timestamp);
        db.Executions.Add(execution);
        db.SaveChanges();
    }
}
