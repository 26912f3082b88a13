using System.Text.Json;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Runs;
using AITrader.Worker.Jobs;
using AITrader.Worker.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Tests;

/// <summary>Runs go by request and by number, under the rights of a service.</summary>
public sealed class RunDeletionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Time = new(2024, 8, 8, 12, 0, 0, TimeSpan.Zero);

    private readonly WorkerFixture _fixture = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task What_was_asked_for_goes_with_its_account_and_all_others_stay()
    {
        await SeedAsync(
            Run("", RunKinds.Paper, 0, ReplayStates.Running),
            Run("kept", RunKinds.Replay, 1),
            Run("gone", RunKinds.Replay, 2, asked: true),
            Run("open", RunKinds.Replay, 3, ReplayStates.Running, asked: true)
        );

        Assert.Equal("""{"deleted":["gone"]}""", await RunAsync(keep: 0));

        Assert.Equal(["", "kept", "open"], await RunsAsync());
        await using var db = _fixture.NewContext();
        Assert.Equal(["", "kept", "open"], await db.Accounts.Select(static row => row.Run).Order().ToListAsync(Ct));
        Assert.Equal(["", "kept", "open"], await db.Trades.Select(static row => row.RunId).Order().ToListAsync(Ct));
    }

    [Fact]
    public async Task Of_each_kind_the_newest_are_kept_that_have_ended()
    {
        await SeedAsync(
            Run("", RunKinds.Paper, 0, ReplayStates.Running),
            Run("open", RunKinds.Replay, 0, ReplayStates.Running),
            Run("r1", RunKinds.Replay, 1),
            Run("r2", RunKinds.Replay, 2, ReplayStates.Failed),
            Run("r3", RunKinds.Replay, 3, ReplayStates.Stopped),
            Run("b1", RunKinds.Backtest, 1)
        );

        Assert.Equal("""{"deleted":["r1"]}""", await RunAsync(keep: 2));
        Assert.Equal(["", "b1", "open", "r2", "r3"], await RunsAsync());
        Assert.Equal("""{"deleted":[]}""", await RunAsync(keep: 2));
    }

    [Fact]
    public async Task One_that_cannot_be_deleted_holds_up_no_other()
    {
        await SeedAsync(
            Run("first", RunKinds.Replay, 3, asked: true),
            Run("odd", RunKinds.Replay, 2, asked: true),
            Run("last", RunKinds.Replay, 1, asked: true)
        );
        // Booked in another account, which the database refuses to take apart.
        await using (var db = _fixture.NewContext())
        {
            await db
                .Executions.Where(static row => row.Run == "last")
                .ExecuteUpdateAsync(set => set.SetProperty(static row => row.Run, "odd"), Ct);
        }

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(keep: 0));

        Assert.Equal("not deleted, see the log: odd; deleted: first, last", failure.Message);
        Assert.Equal(["odd"], await RunsAsync());
    }

    [Fact]
    public async Task A_backtest_is_stored_once_and_goes_as_other_runs_do()
    {
        await using var worker = WorkerHost.Compose(_fixture, new TestJob());
        var job = worker.Services.GetServices<IJobHandler>().Single(static handler => handler.Type == StoredBacktest.JobType);
        var row = new JobRow
        {
            Id = WorkerFixture.Id("backtest"),
            Type = StoredBacktest.JobType,
            Payload = Backtest().ToJson(),
            CreatedAt = Time,
        };

        Assert.Equal($$"""{"run":"{{Backtest().Run}}","stored":true}""", await job.RunAsync(row, Ct));
        Assert.Equal($$"""{"run":"{{Backtest().Run}}","stored":false}""", await job.RunAsync(row, Ct));

        await using var db = _fixture.NewContext();
        var run = await db.Runs.SingleAsync(Ct);
        Assert.Equal((RunKinds.Backtest, ReplayStates.Finished, Time), (run.Kind, run.State, run.FinishedAt));
        Assert.Equal("""{"final_equity": 1010.5}""", run.Statistics);
        var account = await db.Accounts.SingleAsync(Ct);
        Assert.Equal((1000m, 910.5m, 11.5m, 1m), (account.InitialCash, account.Cash, account.RealisedPnl, account.Fees));
        Assert.Equal(
            [(Time, 1001m), (Time.AddHours(1), 1010.5m)],
            (await db.Equity.OrderBy(static point => point.Timestamp).ToListAsync(Ct)).Select(static point =>
                (point.Timestamp, point.Equity)
            )
        );
        var trade = await db.Trades.SingleAsync(Ct);
        Assert.Equal((Domain.Orders.Side.Sell, 0.5m, 11.5m, "mine"), (trade.Side, trade.Quantity, trade.Pnl, trade.StrategyTag));

        await db.Runs.ExecuteUpdateAsync(static set => set.SetProperty(static one => one.DeleteAskedAt, Time), Ct);
        Assert.Equal($$"""{"deleted":["{{Backtest().Run}}"]}""", await RunAsync(keep: 0));
        Assert.Equal(
            (0, 0, 0, 0),
            (await db.Runs.CountAsync(Ct), await db.Accounts.CountAsync(Ct), await db.Equity.CountAsync(Ct), await db.Trades.CountAsync(Ct))
        );
        Assert.Equal($$"""{"run":"{{Backtest().Run}}","stored":true}""", await job.RunAsync(row, Ct));
    }

    [Fact]
    public async Task A_negative_number_is_no_setting()
    {
        await using var worker = WorkerHost.Compose(_fixture, new TestJob(), ("Runs:Keep", "-1"));

        Assert.Throws<OptionsValidationException>(() => worker.Services.GetRequiredService<IOptions<RunOptions>>().Value);
    }

    private static StoredBacktest Backtest() =>
        new(
            "backtest-00000000000000000000000000000001",
            "ticks.csv",
            new string('a', 64),
            "USDT",
            1000m,
            910.5m,
            11.5m,
            1m,
            JsonElement.Parse("""{"strategies":[]}"""),
            JsonElement.Parse("""{"final_equity":1010.5}"""),
            [
                new BacktestPoint(Time, 1000m, 1000m, 0m),
                new BacktestPoint(Time, 1001m, 1000m, 1m),
                new BacktestPoint(Time.AddHours(1), 1010.5m, 910.5m, 100m),
            ],
            [new BacktestFill(Time, "S", "SELL", 0.5m, 100m, 1m, 11.5m, "mine")]
        );

    private static RunRow Run(string name, string kind, int day, string state = ReplayStates.Finished, bool asked = false) =>
        new()
        {
            Run = name,
            Kind = kind,
            State = state,
            StartedAt = Time.AddDays(day),
            DeleteAskedAt = asked ? Time : null,
        };

    private static void AddAccount(AITraderDbContext db, string run)
    {
        var account = new AccountRow
        {
            Id = run.Length == 0 ? AccountRow.LiveAccount : 0,
            Run = run,
            Currency = "USDT",
            InitialCash = 1m,
            Cash = 1m,
            UpdatedAt = Time,
        };
        db.Accounts.Add(account);
        db.SaveChanges();
        var order = WorkerFixture.Id($"order {run}");
        db.Orders.Add(
            new OrderRow
            {
                Id = order,
                ClientOrderId = order,
                Symbol = "S",
                Side = Domain.Orders.Side.Buy,
                Type = "MARKET",
                TimeInForce = "DAY",
                Quantity = 1m,
                Status = "FILLED",
                Origin = "test",
                Run = run,
                EventTime = Time,
                CreatedAt = Time,
                UpdatedAt = Time,
            }
        );
        db.Executions.Add(
            new ExecutionRow
            {
                ExecId = WorkerFixture.Id($"execution {run}"),
                OrderId = order,
                Symbol = "S",
                Side = Domain.Orders.Side.Buy,
                Quantity = 1m,
                Price = 1m,
                Fee = 0m,
                Liquidity = "taker",
                Timestamp = Time,
                Run = run,
                AccountId = account.Id,
                Trade = new TradeRow
                {
                    Timestamp = Time,
                    Symbol = "S",
                    Side = Domain.Orders.Side.Buy,
                    Quantity = 1m,
                    Price = 1m,
                    RunId = run,
                },
            }
        );
        db.SaveChanges();
    }

    private async Task SeedAsync(params RunRow[] runs)
    {
        await using var db = _fixture.NewContext();
        db.Runs.AddRange(runs);
        await db.SaveChangesAsync(Ct);
        foreach (var run in runs)
        {
            AddAccount(db, run.Run);
        }
    }

    private async Task<List<string>> RunsAsync()
    {
        await using var db = _fixture.NewContext();
        return await db.Runs.Select(static row => row.Run).Order().ToListAsync(Ct);
    }

    // By hand: the schedule of a running worker might be faster.
    private async Task<string> RunAsync(int keep)
    {
        await using var worker = WorkerHost.Compose(_fixture, new TestJob(), ("Runs:Keep", $"{keep}"));
        var job = worker.Services.GetServices<IJobHandler>().Single(static handler => handler.Type == RunDeletionJob.TypeName);
        var row = new JobRow
        {
            Id = WorkerFixture.Id("run-deletion"),
            Type = RunDeletionJob.TypeName,
            CreatedAt = Time,
        };
        return await job.RunAsync(row, Ct);
    }
}
