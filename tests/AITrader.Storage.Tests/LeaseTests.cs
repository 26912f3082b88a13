using AITrader.Storage.Leasing;
using AITrader.Storage.Model;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using AITrader.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AITrader.Storage.Tests;

public sealed class LeaseTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(2);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Leases Leases => storage.Services.GetRequiredService<Leases>();

    [Fact]
    public async Task One_holder_at_a_time_and_each_new_one_has_a_higher_number()
    {
        var first = await Leases.TryTakeAsync("one", "a", TimeSpan.FromMinutes(1), Ct);
        var renewed = await Leases.TryTakeAsync("one", "a", TimeSpan.FromMinutes(2), Ct);
        var refused = await Leases.TryTakeAsync("one", "b", TimeSpan.FromMinutes(1), Ct);
        await Leases.ReleaseAsync(first.Lease!, Ct);
        var second = await Leases.TryTakeAsync("one", "b", TimeSpan.FromMinutes(1), Ct);

        Assert.Equal((1L, 1L, null, 2L), (first.Lease?.Token, renewed.Lease?.Token, refused.Lease?.Token, second.Lease?.Token));
        Assert.Equal(("a", renewed.ExpiresAt), (refused.Holder, refused.ExpiresAt));
        Assert.InRange(renewed.ExpiresAt - first.ExpiresAt, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(70));
        await using var db = storage.NewContext();
        var row = await db.Leases.SingleAsync(static row => row.Name == "one", Ct);
        Assert.Equal(("b", 2L, (string?)null), (row.Holder, row.Token, row.Standby));
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_gets_it()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(n => Leases.TryTakeAsync("many", $"{n}", TimeSpan.FromMinutes(1), Ct))
        );

        var holder = Assert.Single(answers, static answer => answer.Lease is not null);
        Assert.All(answers, answer => Assert.Equal(holder.Holder, answer.Holder));
    }

    [Fact]
    public async Task What_is_written_under_a_lease_that_went_on_is_refused()
    {
        var old = (await Leases.TryTakeAsync("fenced", "a", TimeSpan.Zero, Ct)).Lease!;
        await WriteAsync(old, "still ours: it ran out, but nobody took it");
        var taken = (await Leases.TryTakeAsync("fenced", "b", TimeSpan.FromMinutes(1), Ct)).Lease!;

        var refusal = await Assert.ThrowsAsync<LeaseLostException>(() => WriteAsync(old, "late"));

        Assert.Equal(
            "The lease 'fenced' of a (number 1) has ended: another process has it, or nobody. Nothing was written.",
            refusal.Message
        );
        await WriteAsync(taken, "new");
        await using var db = storage.NewContext();
        Assert.Equal(
            ["new", "still ours: it ran out, but nobody took it"],
            await db.FeatureFlags.Select(static row => row.Name).Order().ToListAsync(Ct)
        );
    }

    [Fact]
    public async Task Nobody_takes_a_lease_over_in_the_middle_of_a_transaction()
    {
        var old = (await Leases.TryTakeAsync("busy", "a", TimeSpan.Zero, Ct)).Lease!;
        Task<LeaseAnswer>? taking = null;
        await using var db = storage.NewContext();
        await db.InTransactionAsync(
            async token =>
            {
                await Leases.RequireAsync(db, old, token);
                taking = Leases.TryTakeAsync("busy", "b", TimeSpan.FromMinutes(1), token);
                Assert.NotEqual(taking, await Task.WhenAny(taking, Task.Delay(300, token)));
            },
            Ct
        );

        Assert.Equal(2, (await taking!).Lease?.Token);
    }

    [Fact]
    public async Task A_holder_that_stops_in_the_middle_of_a_transaction_does_not_keep_its_lease_for_ever()
    {
        var old = (await Leases.TryTakeAsync("stopped", "a", TimeSpan.Zero, Ct)).Lease!;
        LeaseAnswer? taken = null;
        await using var db = storage.NewContext();

        // The server ends the session that does nothing, and its locks go: what it had done is undone.
        var ended = await Assert.ThrowsAsync<DbUpdateException>(() =>
            db.InTransactionAsync(
                async token =>
                {
                    await Leases.RequireAsync(db, old, token);
                    db.FeatureFlags.Add(new FeatureFlagRow { Name = "stopped", UpdatedAt = Samples.Time });
                    taken = await Leases.TryTakeAsync("stopped", "b", TimeSpan.FromMinutes(1), token);
                },
                Ct
            )
        );

        Assert.Equal(("25P03", 2), (Assert.IsType<PostgresException>(ended.InnerException).SqlState, taken?.Lease?.Token));
        await Assert.ThrowsAsync<LeaseLostException>(() => WriteAsync(old, "late as well"));
        Assert.False(await db.FeatureFlags.AnyAsync(static row => row.Name == "stopped", Ct));
    }

    [Fact]
    public async Task A_standby_says_so_and_takes_over_when_the_holder_falls_silent()
    {
        // Long enough for a busy machine to renew it in time.
        var life = TimeSpan.FromSeconds(8);
        using var holder = Keeper("kept", Leases, life);
        await holder.StartAsync(Ct);
        var held = await holder.HeldAsync(static () => { }, Ct);
        Assert.Equal(
            (1L, HealthStatus.Healthy, "holds the lease 'kept' (number 1)"),
            (held.Lease.Token, (await HealthAsync(holder)).Status, (await HealthAsync(holder)).Description)
        );

        using var standby = Keeper("kept", Leases, life);
        await standby.StartAsync(Ct);
        var waited = 0;
        var waiting = standby.HeldAsync(() => waited++, Ct);
        await Eventually.TrueAsync(
            async () =>
                (await HealthAsync(standby)).Description?.StartsWith(
                    $"standby: {held.Lease.Holder} holds the lease 'kept' until ",
                    StringComparison.Ordinal
                ) == true,
            "the standby says so"
        );
        Assert.Equal(HealthStatus.Degraded, (await HealthAsync(standby)).Status);
        await Eventually.TrueAsync(() => waited > 1, "whoever waits is told so");
        Assert.False(waiting.IsCompleted);
        Assert.False(held.Lost.IsCancellationRequested);

        // Stopped without giving it back, as a crash would.
        await FallSilentAsync(holder);

        var taken = await waiting.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        Assert.Equal(2, taken.Lease.Token);
        Assert.True(held.Lost.IsCancellationRequested);
        await standby.StopAsync(Ct);
        Assert.True(taken.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_holder_that_ends_in_order_lets_the_standby_in_at_once()
    {
        using var holder = Keeper("handed over", Leases, TimeSpan.FromMinutes(10));
        await holder.StartAsync(Ct);
        var held = await holder.HeldAsync(static () => { }, Ct);

        await holder.StopAsync(Ct);

        Assert.True(held.Lost.IsCancellationRequested);
        Assert.Equal(2, (await Leases.TryTakeAsync("handed over", "b", Life, Ct)).Lease?.Token);
    }

    [Fact]
    public async Task Without_the_database_a_holder_stops_by_its_own_clock_and_goes_on_when_it_is_back()
    {
        await using var server = await PostgresServer.StartAsync();
        using var host = StorageFixture.HostFor(await server.CreateDatabaseAsync(), new RecordingPublisher());
        var contexts = host.Services.GetRequiredService<IDbContextFactory<AITraderDbContext>>();
        await using (var db = contexts.CreateDbContext())
        {
            await db.Database.MigrateAsync(Ct);
        }

        using var keeper = Keeper("away", host.Services.GetRequiredService<Leases>());
        await keeper.StartAsync(Ct);
        var held = await keeper.HeldAsync(static () => { }, Ct);
        await server.StopAsync();
        await Eventually.TrueAsync(() => held.Lost.IsCancellationRequested, "the lease is lost by the clock");
        await Eventually.TrueAsync(
            async () =>
                (await HealthAsync(keeper)).Description?.StartsWith("the lease 'away' cannot be asked for: ", StringComparison.Ordinal)
                == true,
            "it says why"
        );

        await server.StartAgainAsync();

        // Nobody else had it: what it has loaded may be read again, but it is the same holder.
        Assert.Equal(1, (await keeper.HeldAsync(static () => { }, Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct)).Lease.Token);
        await keeper.StopAsync(Ct);
    }

    private static LeaseKeeper Keeper(string name, Leases leases, TimeSpan? life = null) =>
        new(
            name,
            leases,
            Options.Create(new LeaseOptions { Life = life ?? Life }),
            Options.Create(new OutboxOptions { Source = "test" }),
            TimeProvider.System,
            NullLogger<LeaseKeeper>.Instance
        );

    private static Task<HealthCheckResult> HealthAsync(LeaseKeeper keeper) => keeper.CheckHealthAsync(new HealthCheckContext(), Ct);

    private static async Task FallSilentAsync(LeaseKeeper keeper)
    {
        using var over = new CancellationTokenSource();
        await over.CancelAsync();

        // The way back needs the database, and is not waited for.
        await keeper.StopAsync(over.Token);
    }

    private async Task WriteAsync(Lease lease, string what)
    {
        await using var db = storage.NewContext();
        await db.InTransactionAsync(
            async token =>
            {
                await Leases.RequireAsync(db, lease, token);
                db.FeatureFlags.Add(new FeatureFlagRow { Name = what, UpdatedAt = Samples.Time });
            },
            Ct
        );
    }
}
