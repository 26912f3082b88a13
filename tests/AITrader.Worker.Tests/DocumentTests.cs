using System.Text.Json;
using AITrader.Domain.Orders;
using AITrader.Storage.Rows;
using AITrader.Worker.Documents;
using AITrader.Worker.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Worker.Tests;

public sealed class DocumentTests(WorkerFixture fixture) : IClassFixture<WorkerFixture>
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly DateTimeOffset Yesterday = new(Now.UtcDateTime.Date.AddDays(-1), TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trades_backtests_replays_news_and_runbooks_become_documents_once()
    {
        var folder = Directory.CreateTempSubdirectory();
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "halt.md"),
            "# Halt\nWhat it is.\n## Resume\nCheck the books first.\n",
            Ct
        );
        await FillAsync();
        await using var worker = WorkerHost.Compose(fixture, new TestJob(), ("Documents:Runbooks", folder.FullName));

        Assert.Equal((7, 0, 1), await IndexAsync(worker));
        Assert.Equal((0, 7, 1), await IndexAsync(worker));

        await using var db = fixture.NewContext();
        var found = await db.Documents.OrderBy(static row => row.Source).ThenBy(static row => row.Title).ToListAsync(Ct);
        Assert.Equal(
            [
                ("backtest", null, $"Backtest {WorkerFixture.Id("backtest"):D}"),
                ("backtest:replay", null, "Replay demo-1"),
                ("filing:exchange", "TCS", "Board meeting"),
                ("news:wire", "TCS", "TCS wins a contract"),
                ("runbook", null, "halt"),
                ("runbook", null, "halt: Resume"),
                ("trade", "BTCUSDT", $"Trades of BTCUSDT on {Yesterday:yyyy-MM-dd}"),
            ],
            found.Select(static row => (row.Source, row.Symbol, row.Title))
        );

        // A document is known from the moment at which its record was complete, and no earlier.
        Assert.Equal(Yesterday.AddDays(1), found[6].PublishedAt);
        Assert.Contains("1 trades, realised P&L -3.5, fees 0.25.", found[6].Body, StringComparison.Ordinal);
        Assert.Contains("BUY 2 at 100.5 by ema_cross, P&L -3.5", found[6].Body, StringComparison.Ordinal);
        Assert.Contains("total return: 0.12", found[0].Body, StringComparison.Ordinal);
        Assert.Contains("1 trades, realised P&L 99", found[1].Body, StringComparison.Ordinal);
        Assert.Equal("Check the books first.", found[5].Body);
    }

    private static async Task<(int Added, int Known, int Refused)> IndexAsync(WorkerHost worker)
    {
        var job = worker.Services.GetServices<IJobHandler>().OfType<IndexJob>().Single();
        var row = new JobRow
        {
            Id = Guid.Empty,
            Type = IndexJob.TypeName,
            CreatedAt = Now,
        };
        var result = JsonDocument.Parse(await job.RunAsync(row, Ct)).RootElement;
        return (result.GetProperty("added").GetInt32(), result.GetProperty("known").GetInt32(), result.GetProperty("refused").GetInt32());
    }

    private async Task FillAsync()
    {
        await using var db = fixture.NewContext();
        db.Orders.Add(
            new OrderRow
            {
                Id = WorkerFixture.Id("order"),
                ClientOrderId = WorkerFixture.Id("order"),
                Symbol = "BTCUSDT",
                Side = Side.Buy,
                Type = "MARKET",
                TimeInForce = "DAY",
                Quantity = 6m,
                FilledQuantity = 6m,
                Status = "FILLED",
                EventTime = Yesterday,
                CreatedAt = Yesterday,
                UpdatedAt = Yesterday,
            }
        );
        db.Accounts.Add(
            new AccountRow
            {
                Id = AccountRow.LiveAccount,
                Currency = "INR",
                InitialCash = 1m,
                Cash = 1m,
                UpdatedAt = Yesterday,
            }
        );
        db.Executions.AddRange(Execution(Yesterday.AddHours(3), -3.5m), Execution(Now, 1m), Execution(Yesterday, 99m, "demo-1"));
        db.Jobs.Add(
            new JobRow
            {
                Id = WorkerFixture.Id("job"),
                Type = "backtest",
                CreatedAt = Now,
            }
        );
        db.Backtests.Add(
            new BacktestRow
            {
                Id = WorkerFixture.Id("backtest"),
                JobId = WorkerFixture.Id("job"),
                Metrics = """{"total_return":0.12,"trades":[1,2]}""",
                CreatedAt = Yesterday,
            }
        );
        db.ReplayRuns.Add(
            new ReplayRunRow
            {
                Run = "demo-1",
                Source = "demo",
                Sha256 = new string('a', 64),
                Attempt = 1,
                State = ReplayStates.Finished,
                Ticks = 100,
                StartedAt = Yesterday,
                FinishedAt = Yesterday.AddHours(1),
            }
        );
        db.SentimentItems.AddRange(
            Item("news:wire", "TCS wins a contract\nOf five years."),
            Item("filing:exchange", "Board meeting"),
            Item("post:forum", "to the moon"),
            Item("news:wire", "From tomorrow", Now.AddDays(1))
        );
        await db.SaveChangesAsync(Ct);
    }

    private static SentimentItemRow Item(string source, string text, DateTimeOffset? at = null) =>
        new()
        {
            Id = WorkerFixture.Id(text),
            Symbol = "TCS",
            Source = source,
            Text = text,
            Score = 0.5,
            Confidence = 1,
            Authenticity = 1,
            Timestamp = at ?? Yesterday,
        };

    private static ExecutionRow Execution(DateTimeOffset at, decimal pnl, string run = "") =>
        new()
        {
            ExecId = WorkerFixture.Id($"{at}{pnl}"),
            OrderId = WorkerFixture.Id("order"),
            Symbol = "BTCUSDT",
            Side = Side.Buy,
            Quantity = 2m,
            Price = 100.5m,
            Fee = 0.25m,
            Liquidity = "taker",
            Timestamp = at,
            Run = run,
            Trade = new TradeRow
            {
                Timestamp = at,
                Symbol = "BTCUSDT",
                Side = Side.Buy,
                Quantity = 2m,
                Price = 100.5m,
                Fees = 0.25m,
                Pnl = pnl,
                StrategyTag = "ema_cross",
            },
        };
}
