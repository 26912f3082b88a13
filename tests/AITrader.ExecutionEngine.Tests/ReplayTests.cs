using AITrader.Contracts;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Tests.Support;
using AITrader.Messaging;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.ExecutionEngine.Tests;

public sealed class ReplayTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 512)]
    [InlineData(1, 7)]
    [InlineData(2, 1)]
    public async Task Stores_row_by_row_what_the_rules_say_whatever_the_batch_size(int seed, int batch)
    {
        await using var bench = await Bench.StartAsync();
        var session = Session.Random("run-a", seed);
        await bench.StartAsync("execution-engine", static builder => builder.AddExecution(), ("Execution:BatchSize", $"{batch}"));

        await Replay.PlayAsync(bench, session);

        await Replay.AssertAsExpectedAsync(bench, session);
        await using var db = bench.NewContext();
        Assert.True(await db.Executions.CountAsync(Ct) > 20);
        Assert.True(
            await db.Orders.AnyAsync(row => row.Status == "FILLED" && db.Executions.Count(execution => execution.OrderId == row.Id) > 1, Ct)
        );
        Assert.Equal(await db.Executions.CountAsync(Ct), (await bench.ReadAllAsync<Fill>()).Count);
    }

    [Theory]
    [InlineData(3, 2, 64)]
    [InlineData(4, 3, 16)]
    [InlineData(5, 2, 512)]
    public async Task A_crash_between_commit_and_acknowledgement_changes_nothing(int seed, int every, int batch)
    {
        await using var bench = await Bench.StartAsync();
        var session = Session.Random("run-a", seed, 60);
        LossyTransactions? lossy = null;
        await bench.StartAsync(
            "execution-engine",
            builder =>
            {
                builder.AddExecution();
                var real = builder.Services.Last(static service => service.ServiceType == typeof(IStreamTransactions));
                builder.Services.Remove(real);
                builder.Services.AddSingleton<IStreamTransactions>(services =>
                    lossy = new LossyTransactions(
                        (IStreamTransactions)(
                            real.ImplementationFactory?.Invoke(services)
                            ?? ActivatorUtilities.CreateInstance(services, real.ImplementationType!)
                        ),
                        every
                    )
                );
            },
            ("Execution:BatchSize", $"{batch}")
        );

        await Replay.PlayAsync(bench, session);

        Assert.True(lossy!.Lost > 5);
        await Replay.AssertAsExpectedAsync(bench, session);
    }

    [Fact]
    public async Task Restarts_in_the_middle_give_the_same_rows()
    {
        await using var bench = await Bench.StartAsync();
        var session = Session.Random("run-a", 6);
        var playing = Replay.PlayAsync(bench, session);
        for (var stop = 50; stop <= 350; stop += 100)
        {
            var host = await bench.StartAsync("execution-engine", static builder => builder.AddExecution(), ("Execution:BatchSize", "8"));
            await Replay.WaitAsync(bench, session.Run, stop);
            await bench.StopAsync(host);
        }

        await bench.StartAsync("execution-engine", static builder => builder.AddExecution());
        await playing;

        await Replay.AssertAsExpectedAsync(bench, session);
    }

    [Fact]
    public async Task Orders_and_ticks_that_come_twice_change_nothing()
    {
        await using var bench = await Bench.StartAsync();
        var session = Session.Random("run-a", 7, 300);
        await bench.StartAsync("execution-engine", static builder => builder.AddExecution());

        await Replay.PlayAsync(bench, session, copiesOfOrders: 3);

        await Replay.AssertAsExpectedAsync(bench, session);
    }

    [Fact]
    public async Task A_second_run_ends_the_orders_of_the_first_and_has_books_of_its_own()
    {
        await using var bench = await Bench.StartAsync();
        await bench.StartAsync("execution-engine", static builder => builder.AddExecution());
        await Replay.PlayAsync(bench, Session.Random("run-a", 8, 200));
        await using (var db = bench.NewContext())
        {
            Assert.True(await db.Orders.AnyAsync(static row => row.Status == "ACCEPTED", Ct));
        }

        var second = Session.Random("run-b", 9, 200);
        await Replay.PlayAsync(bench, second);

        await Replay.AssertAsExpectedAsync(bench, second);
        await using var after = bench.NewContext();
        Assert.False(await after.Orders.AnyAsync(static row => row.Run == "run-a" && row.Status == "ACCEPTED", Ct));
        Assert.True(await after.Orders.AnyAsync(static row => row.Run == "run-a" && row.Reason == "RUN_ENDED", Ct));
        var accounts = await after.Accounts.OrderBy(static row => row.Id).ToListAsync(Ct);
        Assert.Equal(["", "run-a", "run-b"], accounts.Select(static row => row.Run));
        Assert.Equal(1_000_000m, accounts[0].Cash);
        Assert.All(accounts, static row => Assert.Equal("ACTIVE", row.TradingState));
        var runs = await after.Runs.Where(static row => row.Kind == "replay").Select(static row => row.Run).ToListAsync(Ct);
        Assert.Equal(["run-a", "run-b"], runs.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Does_not_pass_a_tick_before_the_strategy_has_decided_the_one_before()
    {
        await using var bench = await Bench.StartAsync();
        var session = Session.Random("run-a", 10, 50);
        await bench.StartAsync("execution-engine", static builder => builder.AddExecution());
        await bench.Bus.PublishAsync(session.Ticks, Ct);

        // Nothing is decided: tick 1 may pass, tick 2 not.
        await Replay.WaitAsync(bench, "run-a", 1);
        await bench.Watermarks.AdvanceAsync("run-a", "strategy", 20, Ct);
        await Replay.WaitAsync(bench, "run-a", 21);
        Assert.Equal(21, await bench.Watermarks.GetAsync("run-a", "execution", Ct));
    }

    [Fact]
    public async Task Says_which_run_waits_for_as_long_as_it_waits()
    {
        await using var bench = await Bench.StartAsync();
        await bench.StartAsync("execution-engine", static builder => builder.AddExecution());
        await bench.Bus.PublishAsync(Session.Random("run-a", 11, 50).Ticks, Ct);
        var cache = bench.Tools.Services.GetRequiredService<ICache>();
        await Bench.UntilAsync(async () => await cache.GetAsync(CacheKeys.ActiveReplay, Ct) == "run-a", "the run to be named");

        await cache.RemoveAsync(CacheKeys.ActiveReplay, Ct);
        await Bench.UntilAsync(async () => await cache.GetAsync(CacheKeys.ActiveReplay, Ct) == "run-a", "the run to be named again");
    }
}
