using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Loop;
using AITrader.ExecutionEngine.Tests.Support;
using AITrader.Storage.Leasing;
using AITrader.Storage.Rows;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AITrader.ExecutionEngine.Tests;

/// <summary>Two engines at once: one works, the other waits, and nothing is booked twice or halted.</summary>
public sealed class LeaseTests : IAsyncLifetime
{
    private Bench _bench = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await Bench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_second_engine_waits_says_so_and_goes_on_where_the_first_one_ended()
    {
        var session = Session.Random("run-a", seed: 3);
        var first = await StartAsync("first");
        await HoldsAsync(1);
        var second = await StartAsync("second");
        await Bench.UntilAsync(
            async () =>
                (await LeaseOfAsync(second)) is { Status: HealthStatus.Degraded, Description: { } text }
                && text.StartsWith("standby: ", StringComparison.Ordinal),
            "the second one to be a standby"
        );

        var playing = Replay.PlayAsync(_bench, session);
        await Replay.WaitAsync(_bench, session.Run, 150);
        await _bench.StopAsync(first);
        await playing;

        await Replay.AssertAsExpectedAsync(_bench, session);
        await HoldsAsync(2);
        await using var db = _bench.NewContext();
        Assert.Equal(TradingStates.Active, (await db.Accounts.SingleAsync(row => row.Run == session.Run, Ct)).TradingState);
    }

    [Fact]
    public async Task A_standby_takes_over_from_an_engine_that_is_cut_off_from_its_lease()
    {
        var session = Session.Random("run-a", seed: 4);
        await StartAsync("first");
        await HoldsAsync(1);
        await StartAsync("second");

        // As if the first one had been stopped in between: its lease has gone on, and what it is about to write comes late.
        var playing = Replay.PlayAsync(_bench, session);
        await Replay.WaitAsync(_bench, session.Run, 100);
        await ExecuteAsync(
            "UPDATE leases SET holder = 'somebody', token = token + 1, expires_at = clock_timestamp() + interval '3 seconds'"
        );
        await playing;

        await Replay.AssertAsExpectedAsync(_bench, session);
        await using var db = _bench.NewContext();
        Assert.Equal(TradingStates.Active, (await db.Accounts.SingleAsync(row => row.Run == session.Run, Ct)).TradingState);
        Assert.True((await db.Leases.SingleAsync(static row => row.Name == ExecutionService.LeaseName, Ct)).Token >= 3);
    }

    [Fact]
    public async Task What_a_replaced_engine_writes_is_refused_whole()
    {
        await StartAsync("first");
        await HoldsAsync(1);
        var writer = (await StartAsync("second")).Services.GetRequiredService<AccountWriter>();
        var lease = new Lease(ExecutionService.LeaseName, "somebody", 1);
        var (desk, outcomes) = Session.Random("run-b", seed: 5).Expect();
        AccountRow account;
        await using (var stored = _bench.NewContext())
        {
            account = await stored.Accounts.AsNoTracking().SingleAsync(Ct);
        }

        var books = new DeskAccount(lease, account, desk, new EquityCurve(account.Id, TimeSpan.FromMinutes(1), last: null), []);

        using var fills = new FillTraces(books, outcomes);
        var work = new Work();
        work.Outcomes.AddRange(outcomes);
        await Assert.ThrowsAsync<LeaseLostException>(() => writer.WriteAsync(books, fills, work, Ct));

        await using var db = _bench.NewContext();
        Assert.False(await db.Orders.AnyAsync(Ct));
        Assert.False(await db.Outbox.AnyAsync(Ct));
        Assert.Equal(1_000_000m, (await db.Accounts.SingleAsync(Ct)).Cash);
    }

    private Task<IHost> StartAsync(string name) =>
        _bench.StartAsync(name, static builder => builder.AddExecution(), ("Lease:Life", "00:00:02"));

    private Task HoldsAsync(long token) =>
        _bench.UntilAsync(
            db => db.Leases.AnyAsync(row => row.Name == ExecutionService.LeaseName && row.Token == token, Ct),
            $"holder number {token}"
        );

    private static async Task<HealthReportEntry> LeaseOfAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(static check => check.Name == "lease", Ct)).Entries[
            "lease"
        ];

    private async Task ExecuteAsync(string sql)
    {
        await using var db = _bench.NewContext();
        await db.Database.ExecuteSqlRawAsync(sql, Ct);
    }
}
