using AITrader.Storage.Rows;
using AITrader.Storage.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AITrader.Storage.Tests;

/// <summary>Runs are kept apart, and go as a whole.</summary>
public sealed class RunTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_has_ended_is_deleted_with_all_that_it_made_and_nothing_else()
    {
        await using (var before = storage.NewContext())
        {
            await before.Runs.ExecuteDeleteAsync(Ct);
        }

        await SeedAsync("live", string.Empty, ReplayStates.Running);
        await SeedAsync("kept", "kept-1", ReplayStates.Finished);
        await SeedAsync("gone", "gone-1", ReplayStates.Finished);
        var runs = Runs();

        await runs.DeleteAsync("gone-1", Ct);

        await using var db = storage.NewContext();
        Assert.Equal(["", "kept-1"], await db.Runs.OrderBy(static row => row.Run).Select(static row => row.Run).ToListAsync(Ct));
        Assert.Equal(["", "kept-1"], await db.Accounts.OrderBy(static row => row.Run).Select(static row => row.Run).ToListAsync(Ct));
        Assert.Equal(["", "kept-1"], await db.Orders.OrderBy(static row => row.Run).Select(static row => row.Run).ToListAsync(Ct));
        Assert.Equal(2, await db.Executions.CountAsync(Ct));
        Assert.Equal(["", "kept-1"], await db.Trades.OrderBy(static row => row.RunId).Select(static row => row.RunId).ToListAsync(Ct));
        Assert.Equal((2, 2, 2), (await db.Signals.CountAsync(Ct), await db.Decisions.CountAsync(Ct), await db.Positions.CountAsync(Ct)));
        Assert.Equal(2, await db.Equity.CountAsync(Ct));

        // Neither the live run, nor one that goes on, nor one that is not there.
        foreach (var refused in new[] { string.Empty, "gone-1" })
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => runs.DeleteAsync(refused, Ct));
            Assert.Contains("is live, has not ended or is not there", refusal.MessageText, StringComparison.Ordinal);
        }

        await db.Runs.ExecuteUpdateAsync(set => set.SetProperty(static row => row.State, ReplayStates.Running), Ct);
        await Assert.ThrowsAsync<PostgresException>(() => runs.DeleteAsync("kept-1", Ct));
    }

    [Fact]
    public async Task Of_each_kind_the_newest_are_kept_and_what_was_asked_for_goes()
    {
        await using var db = storage.NewContext();
        await db.Runs.ExecuteDeleteAsync(Ct);
        db.Runs.AddRange(
            Run("r1", RunKinds.Replay, 1),
            Run("r2", RunKinds.Replay, 2),
            Run("r3", RunKinds.Replay, 3),
            Run("b1", RunKinds.Backtest, 1),
            Run("asked", RunKinds.Replay, 4, asked: true)
        );
        await db.SaveChangesAsync(Ct);
        var runs = Runs();

        Assert.Equal(["asked"], await runs.DueAsync(keep: 0, Ct));
        Assert.Equal(["asked", "r1"], (await runs.DueAsync(keep: 2, Ct)).Order(StringComparer.Ordinal));
        Assert.Equal(["asked", "r1", "r2"], (await runs.DueAsync(keep: 1, Ct)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_makes_a_run_is_written_down_by_name_and_replaced_under_the_same_name()
    {
        await using var db = storage.NewContext();
        db.Runs.Add(Run("described", RunKinds.Replay, 9));
        await db.SaveChangesAsync(Ct);
        var runs = Runs();

        await runs.DescribeAsync("described", "rule", """{"threshold":0.3}""", Ct);
        await runs.DescribeAsync("described", "strategies", "[]", Ct);
        await runs.DescribeAsync("described", "rule", """{"threshold":0.4}""", Ct);
        await runs.DescribeAsync("unknown", "rule", "{}", Ct);

        var setup = await db.Runs.Where(static row => row.Run == "described").Select(static row => row.Setup).SingleAsync(Ct);
        Assert.Equal("""{"rule": {"threshold": 0.4}, "strategies": []}""", setup);
    }

    private RunRecords Runs() => storage.Services.GetRequiredService<RunRecords>();

    private static RunRow Run(string name, string kind, int day, bool asked = false) =>
        new()
        {
            Run = name,
            Kind = kind,
            State = ReplayStates.Finished,
            StartedAt = Samples.Time.AddDays(day),
            DeleteAskedAt = asked ? Samples.Time : null,
        };

    private async Task SeedAsync(string name, string run, string state)
    {
        await using var db = storage.NewContext();
        var account = Samples.Account();
        (account.Id, account.Run) = (run.Length == 0 ? AccountRow.LiveAccount : 0, run);
        db.Accounts.Add(account);
        db.Runs.Add(
            new RunRow
            {
                Run = run,
                Kind = run.Length == 0 ? RunKinds.Paper : RunKinds.Replay,
                State = state,
                StartedAt = Samples.Time,
            }
        );
        await db.SaveChangesAsync(Ct);
        var (signal, decision, order) = (Samples.Signal(name), Samples.Decision(name, name), Samples.Order(name));
        (signal.Run, decision.Run, order.Run) = (run, run, run);
        db.AddRange(signal, decision, order);
        var execution = Samples.Execution(name, name);
        (execution.Run, execution.AccountId, execution.Trade) = (run, account.Id, Samples.Trade());
        execution.Trade.RunId = run;
        db.Add(execution);
        db.Add(
            new OrderEventRow
            {
                OrderId = order.Id,
                Status = "FILLED",
                Timestamp = Samples.Time,
                RecordedAt = Samples.Time,
            }
        );
        db.Add(
            new PositionRow
            {
                AccountId = account.Id,
                Symbol = "S",
                UpdatedAt = Samples.Time,
            }
        );
        db.Add(
            new EquityRow
            {
                AccountId = account.Id,
                Timestamp = Samples.Time,
                Cash = 1m,
                Equity = 1m,
                GrossExposure = 0m,
            }
        );
        await db.SaveChangesAsync(Ct);
    }
}
