using System.Text.Json;
using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Messaging;
using AITrader.Storage;
using AITrader.Worker.Housekeeping;
using AITrader.Worker.Jobs;
using AITrader.Worker.Partitions;
using AITrader.Worker.Trimming;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Worker.Tests;

public sealed class KeepingTests(WorkerFixture fixture) : IClassFixture<WorkerFixture>
{
    private static readonly string[] TickGroups = [ConsumerGroups.Audit, ConsumerGroups.Pattern, ConsumerGroups.Execution, ConsumerGroups.Analytics];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ticks_are_trimmed_only_when_every_group_has_acknowledged_them()
    {
        await using var worker = await WorkerHost.StartAsync(fixture, new TestJob(), ("Trimming:MaxTicks", "1000"));
        var readers = worker.Services.GetRequiredService<IStreamReaders>();
        await worker.Services.GetRequiredService<IStreamPublisher>().PublishAsync(Enumerable.Range(1, 4000).Select(Tick).ToList(), Ct);

        // While a group of the system has not been made, all stays.
        foreach (var group in TickGroups[..^1])
        {
            await AcknowledgeAsync(readers, group, 4000);
        }

        await RoundsAsync(worker);
        Assert.Equal(4000, await LengthAsync(worker));

        // The slowest group is the floor.
        await AcknowledgeAsync(readers, TickGroups[^1], 1500);
        await WorkerFixture.UntilAsync(async () => await LengthAsync(worker) < 4000, "trimmed at all");
        await RoundsAsync(worker);
        Assert.InRange(await LengthAsync(worker), 2500, 2700);

        await AcknowledgeAsync(readers, TickGroups[^1], 2500);
        await WorkerFixture.UntilAsync(async () => await LengthAsync(worker) <= 1100, "trimmed to its length");
        await RoundsAsync(worker);
        Assert.InRange(await LengthAsync(worker), 1000, 1100);
    }

    [Fact]
    public void Rules_require_the_groups_of_the_system()
    {
        var options = new TrimmingOptions();

        Assert.Equal(TickGroups, TrimRules.For(StreamNames.RawTicks, options).RequiredGroups);
        Assert.Equal(options.MaxDeadLetterAge, TrimRules.For(StreamNames.Dead(StreamNames.Fills), options).MaxAge);
        Assert.Null(TrimRules.For(StreamNames.Dead(StreamNames.Fills), options).MaxLength);
        Assert.Empty(TrimRules.For(StreamNames.SymbolSignals("X"), options).RequiredGroups);
    }

    [Fact]
    public async Task Old_partitions_go_unless_they_were_written_to_lately()
    {
        await using var worker = WorkerHost.Compose(fixture, new TestJob());
        var ticks = worker.Services.GetRequiredService<ITickStore>();
        var (old, replayed) = (new DateOnly(2001, 1, 1), new DateOnly(2001, 1, 2));
        await ticks.EnsurePartitionsAsync(old, replayed, Ct);
        await using var db = fixture.NewContext();
        await db.TickPartitions.Where(row => row.Day == old)
            .ExecuteUpdateAsync(static set => set.SetProperty(static row => row.LastWriteAt, new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero)), Ct);

        var result = await Handler<PartitionJob>(worker).RunAsync(Row(), Ct);

        Assert.Equal(["2001-01-01"], JsonDocument.Parse(result).RootElement.GetProperty("dropped").EnumerateArray().Select(static day => day.GetString()));
        Assert.True(await db.TickPartitions.AnyAsync(row => row.Day == replayed, Ct));
    }

    [Fact]
    public async Task Housekeeping_removes_what_has_done_its_duty_and_nothing_else()
    {
        await using var worker = WorkerHost.Compose(fixture, new TestJob());
        var now = TimeProvider.System.GetUtcNow();
        await using var db = fixture.NewContext();
        db.AddRange(
            Outbox("sent-long-ago", now.AddDays(-2)), Outbox("sent-now", now), Outbox("owed", null),
            new InboxRow { MessageId = "old", Consumer = "t", HandledAt = now.AddDays(-31) },
            new InboxRow { MessageId = "new", Consumer = "t", HandledAt = now },
            new JobRow { Id = WorkerFixture.Id("old-job"), Type = "housekeeping", Status = JobStatuses.Completed, CreatedAt = now, FinishedAt = now.AddDays(-8) },
            new JobRow { Id = WorkerFixture.Id("old-failure"), Type = "housekeeping", Status = JobStatuses.Failed, CreatedAt = now, FinishedAt = now.AddDays(-8) });
        await db.SaveChangesAsync(Ct);

        await Handler<HousekeepingJob>(worker).RunAsync(Row(), Ct);

        db.ChangeTracker.Clear();
        Assert.Equal(2, await db.Outbox.CountAsync(static row => row.Source == "housekeeping-test", Ct));
        Assert.Equal(["new"], await db.Inbox.Select(static row => row.MessageId).ToListAsync(Ct));
        Assert.False(await db.Jobs.AnyAsync(static row => row.Id == WorkerFixture.Id("old-job"), Ct));
        Assert.True(await db.Jobs.AnyAsync(static row => row.Id == WorkerFixture.Id("old-failure"), Ct));
    }

    private static IJobHandler Handler<T>(WorkerHost worker) => worker.Services.GetServices<IJobHandler>().Single(static handler => handler is T);

    private static JobRow Row() => new() { Id = WorkerFixture.Id("row"), Type = "x", CreatedAt = default };

    private static OutboxRow Outbox(string name, DateTimeOffset? sent) => new()
    {
        Id = WorkerFixture.Id(name),
        Source = "housekeeping-test",
        Stream = "x",
        Kind = "Fill",
        Payload = "{}",
        CreatedAt = TimeProvider.System.GetUtcNow(),
        SentAt = sent,
    };

    private static Tick Tick(int seq) => new()
    {
        Symbol = "T",
        Price = seq,
        Volume = 1,
        Timestamp = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Kind = TickKind.Trade,
        Source = "test",
        Seq = seq,
    };

    private static async Task AcknowledgeAsync(IStreamReaders readers, string group, int count)
    {
        await using var reader = readers.Open<Tick>(group, "test");
        for (var done = 0; done < count;)
        {
            var batch = await reader.ReadAsync(Math.Min(500, count - done), TimeSpan.FromSeconds(1), Ct);
            await reader.AcknowledgeAsync([.. batch.Select(static entry => entry.Id)], Ct);
            done += batch.Count;
        }
    }

    // Two more rounds: what could be removed is removed.
    private static async Task RoundsAsync(WorkerHost worker)
    {
        for (var round = 0; round < 2; round++)
        {
            await worker.Streams.TrimAsync(StreamNames.RawTicks, TrimRules.For(StreamNames.RawTicks, new TrimmingOptions { MaxTicks = 1000 }), Ct);
        }
    }

    private static async Task<long> LengthAsync(WorkerHost worker) =>
        (await worker.Streams.DescribeAsync(Ct)).Single(static stream => stream.Name == StreamNames.RawTicks).Length;
}
