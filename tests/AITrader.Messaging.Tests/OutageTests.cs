using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.TestSupport;

namespace AITrader.Messaging.Tests;

/// <summary>Every id accounted for while the server dies and connections break.</summary>
public sealed class OutageTests
{
    private const int Count = 6000;
    private const int Batch = 200;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killing_server_and_consumers_loses_nothing()
    {
        var account = await RunAsync(acknowledgeFirst: false);
        Assert.Equal(Enumerable.Range(1, Count).Select(static seq => (long)seq), account.Effects.Order());
        Assert.True(account.Failures > 0, "no outage was felt: the test proves nothing");
    }

    [Fact]
    public async Task A_consumer_that_acknowledges_before_its_effect_fails_the_same_account()
    {
        var account = await RunAsync(acknowledgeFirst: true);
        Assert.NotEqual(Count, account.Effects.Count);
    }

    [Fact]
    public async Task Published_lists_are_stored_without_gaps_when_connections_are_killed()
    {
        await using var server = await RedisServer.StartAsync();
        await using var bus = TestBus.Open(server.ConnectionString, ("Streams:PublishChunk", "50"));
        using var stop = new CancellationTokenSource();
        var killing = KillConnectionsAsync(server, stop.Token);
        var (published, failures) = await PublishAllAsync(bus, minFailures: 5);
        await stop.CancelAsync();
        await killing;

        var stored = (await bus.Redis.StreamRangeAsync("audit:raw_ticks")).Select(static entry => (long)entry["seq"]).ToArray();
        Assert.Equal(Enumerable.Range(1, published).Select(static seq => (long)seq), stored);
        Assert.True(failures >= 5, "too few connections were lost: the test proves nothing");
    }

    [Fact]
    public async Task Waiters_for_a_watermark_live_through_a_restart()
    {
        await using var server = await RedisServer.StartAsync();
        await using var bus = TestBus.Open(server.ConnectionString);
        var waiting = bus.Watermarks.WaitForAsync("r", "store", 5, Ct);
        await bus.Watermarks.AdvanceAsync("r", "store", 4, Ct);
        await server.KillAsync();
        await server.StartAgainAsync();
        await AgainAsync(() => bus.Watermarks.AdvanceAsync("r", "store", 5, Ct));
        Assert.Equal(5, await waiting.WaitAsync(Sample.Timeout, Ct));
    }

    [Fact]
    public async Task An_unreachable_server_is_told_as_such()
    {
        await using var server = await RedisServer.StartAsync();
        await using var bus = TestBus.Open(server.ConnectionString);
        await bus.Publisher.PublishAsync(Sample.Tick(1), Ct);
        await using var reader = bus.Readers.Open<Tick>("g");
        await server.KillAsync();
        await Assert.ThrowsAsync<BusUnavailableException>(() => bus.Publisher.PublishAsync(Sample.Tick(2), Ct));
        await Assert.ThrowsAsync<BusUnavailableException>(() => reader.ReadAsync(1, TimeSpan.Zero, Ct));
    }

    private static async Task<Account> RunAsync(bool acknowledgeFirst)
    {
        await using var server = await RedisServer.StartAsync();
        await using var publisher = TestBus.Open(server.ConnectionString, ("Streams:PublishChunk", "50"));
        var publishing = Task.Run(() => PublishAllAsync(publisher), Ct);
        var account = new Account();
        var random = new Random(20240808);
        using var killed = new CancellationTokenSource();
        var killing = KillServerAsync(server, account, killed.Token);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (account.Effects.Count < Count && !limit.IsCancellationRequested && !(publishing.IsCompleted && account.IsDrained))
        {
            // Each life is a process of its own that dies at a random place, under the same name.
            await using var bus = TestBus.Open(
                server.ConnectionString,
                ("Streams:Instance", "consumer"),
                ("Streams:MaxDeliveries", "1000")
            );
            await LiveAsync(bus, account, random.Next(2, 12), acknowledgeFirst, limit.Token);
        }

        await killed.CancelAsync();
        await killing;
        account.Failures += (await publishing).Failures;
        return account;
    }

    private static async Task LiveAsync(TestBus bus, Account account, int steps, bool acknowledgeFirst, CancellationToken ct)
    {
        await using var reader = bus.Readers.Open<Tick>(ConsumerGroups.Audit);
        for (var step = 0; step < steps && account.Effects.Count < Count; step++)
        {
            try
            {
                var batch = await reader.ReadAsync(Batch, TimeSpan.FromMilliseconds(200), ct);
                var ids = batch.Select(static entry => entry.Id).ToArray();
                var isDying = step == steps - 1;
                account.EmptyReads = batch.Count == 0 ? account.EmptyReads + 1 : 0;
                if (acknowledgeFirst)
                {
                    await reader.AcknowledgeAsync(ids, ct);
                }

                // The last step dies in the middle of its effect.
                account.Effects.UnionWith(batch.Take(isDying ? batch.Count / 2 : batch.Count).Select(static entry => entry.Message.Seq));
                if (!acknowledgeFirst && !isDying)
                {
                    await reader.AcknowledgeAsync(ids, ct);
                }
            }
            catch (BusUnavailableException)
            {
                account.Failures++;
                reader.Rewind();
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static async Task<(int Published, int Failures)> PublishAllAsync(TestBus bus, int minFailures = 0)
    {
        const int Most = 500_000;
        var failures = 0;
        var next = 1L;
        while (next <= Count || (failures < minFailures && next <= Most))
        {
            try
            {
                var count = (int)(Batch - ((next - 1) % Batch));
                await bus.Publisher.PublishAsync(Sample.Ticks(count, next), Ct);
                next += count;
            }
            catch (BusUnavailableException)
            {
                // What is stored is a prefix: the last entry tells where to go on.
                failures++;
                await AgainAsync(async () => next = (await bus.Get<IStreamTail>().LastAsync<Tick>(Ct))?.Message.Seq + 1 ?? 1);
            }
        }

        return ((int)next - 1, failures);
    }

    private static async Task AgainAsync(Func<Task> action)
    {
        while (true)
        {
            try
            {
                await action();
                return;
            }
            catch (BusUnavailableException)
            {
                await Task.Delay(20, Ct);
            }
        }
    }

    private static async Task KillServerAsync(RedisServer server, Account account, CancellationToken stop)
    {
        for (var kill = 1; kill <= 3 && !stop.IsCancellationRequested; kill++)
        {
            await Sample.UntilAsync(() => account.Effects.Count > kill * Count / 5 || stop.IsCancellationRequested, Ct);
            await server.KillAsync();
            await server.StartAgainAsync();
        }
    }

    private static async Task KillConnectionsAsync(RedisServer server, CancellationToken stop)
    {
        await using var killer = TestBus.OpenAsAdministrator(server.ConnectionString);
        while (!stop.IsCancellationRequested)
        {
            await killer.Redis.ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            await Task.Delay(5, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed class Account
    {
        public HashSet<long> Effects { get; } = [];

        public int Failures { get; set; }

        public int EmptyReads { get; set; }

        public bool IsDrained => EmptyReads > 5;
    }
}
