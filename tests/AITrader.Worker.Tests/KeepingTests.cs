using System.Text.Json;
using AITrader.Contracts;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.Storage.Rows;
using AITrader.Storage.Sentiment;
using AITrader.Storage.Ticks;
using AITrader.Worker.Housekeeping;
using AITrader.Worker.Jobs;
using AITrader.Worker.Partitions;
using AITrader.Worker.Trimming;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Tests;

public sealed class KeepingTests(WorkerFixture fixture) : IClassFixture<WorkerFixture>
{
    private static readonly string[] TickGroups =
    [
        ConsumerGroups.Audit,
        ConsumerGroups.Pattern,
        ConsumerGroups.Execution,
        ConsumerGroups.Analytics,
    ];

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
    public async Task A_dead_consumer_raises_an_alarm_and_then_loses_its_oldest_entries_but_nothing_that_is_not_stored()
    {
        await using var fixture = new WorkerFixture();
        await fixture.InitializeAsync();
        await using var worker = await WorkerHost.StartAsync(
            fixture,
            new TestJob(),
            ("Trimming:MaxTicks", "1000"),
            ("Trimming:MaxOwedTicks", "3000")
        );
        var readers = worker.Services.GetRequiredService<IStreamReaders>();
        var publisher = worker.Services.GetRequiredService<IStreamPublisher>();
        await publisher.PublishAsync(Enumerable.Range(1, 2000).Select(Tick).ToList(), Ct);
        foreach (var group in TickGroups)
        {
            await AcknowledgeAsync(readers, group, group == ConsumerGroups.Execution ? 100 : 2000);
        }

        await HealthAsync(
            worker,
            HealthStatus.Degraded,
            "execution_consumers is 1900 entries behind on audit:raw_ticks: from 3000 on its oldest entries are removed unseen"
        );
        Assert.InRange(await LengthAsync(worker), 1900, 2000);

        // Nobody stores: nothing goes, whatever the bound is.
        await publisher.PublishAsync(Enumerable.Range(2001, 4000).Select(Tick).ToList(), Ct);
        await HealthAsync(
            worker,
            HealthStatus.Unhealthy,
            "audit_consumers is 4000 entries behind on audit:raw_ticks: nothing of that can be removed before it is stored"
        );
        await WorkerFixture.UntilAsync(async () => await LengthAsync(worker) <= 4100, "what is stored goes");
        await RoundsAsync(worker);
        Assert.InRange(await LengthAsync(worker), 4000, 4100);

        await AcknowledgeAsync(readers, ConsumerGroups.Audit, 4000);
        await WorkerFixture.UntilAsync(async () => await LengthAsync(worker) <= 3100, "the bound holds");
        await RoundsAsync(worker);
        Assert.InRange(await LengthAsync(worker), 3000, 3100);
    }

    [Theory]
    [InlineData(0, 0L, "noeviction", HealthStatus.Degraded, "Redis has no bound of memory: set maxmemory")]
    [InlineData(40, 100L, "noeviction", HealthStatus.Healthy, null)]
    [InlineData(60, 100L, "noeviction", HealthStatus.Degraded, "Redis uses 60 % of its memory; at 100 % it takes nothing more")]
    [InlineData(95, 100L, "noeviction", HealthStatus.Unhealthy, "Redis uses 95 % of its memory; at 100 % it takes nothing more")]
    [InlineData(
        1,
        100L,
        "allkeys-lru",
        HealthStatus.Unhealthy,
        "Redis evicts keys at its memory limit (maxmemory-policy allkeys-lru): set noeviction"
    )]
    public async Task Memory_raises_an_alarm_before_it_is_used_up(long used, long limit, string policy, HealthStatus status, string? text)
    {
        var watch = new StreamBacklogCheck(Options.Create(new TrimmingOptions()));
        watch.Update(new BusMemory(used, limit, policy), []);
        var result = await watch.CheckHealthAsync(new HealthCheckContext(), Ct);
        Assert.Equal((status, text), (result.Status, result.Description?.Replace("\u00a0", " ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Bounds_are_not_below_what_is_kept_anyway()
    {
        var refusal = new TrimmingOptionsValidator().Validate(null, new TrimmingOptions { MaxTicks = 2_000_000, MaxEntries = 300_000 });
        Assert.Contains(nameof(TrimmingOptions.MaxOwedTicks), refusal.FailureMessage, StringComparison.Ordinal);
        Assert.Contains(nameof(TrimmingOptions.MaxOwedEntries), refusal.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_require_the_groups_of_the_system()
    {
        var options = new TrimmingOptions();

        Assert.Equal(TickGroups, TrimRules.For(StreamNames.RawTicks, options).RequiredGroups);
        Assert.Equal(options.MaxDeadLetterAge, TrimRules.For(StreamNames.Dead(StreamNames.Fills), options).MaxAge);
        Assert.Equal(options.MaxDeadLetters, TrimRules.For(StreamNames.Dead(StreamNames.Fills), options).MaxLength);
        Assert.Equal(
            (options.MaxOwedTicks, ConsumerGroups.Audit),
            (TrimRules.For(StreamNames.RawTicks, options).Bound, TrimRules.For(StreamNames.RawTicks, options).RecordGroup)
        );
        Assert.Equal(
            (options.MaxOwedEntries, (string?)null),
            (TrimRules.For(StreamNames.Orders, options).Bound, TrimRules.For(StreamNames.Orders, options).RecordGroup)
        );
        Assert.Equal(options.MaxSymbolSignals, TrimRules.For(StreamNames.SymbolSignals("X"), options).MaxLength);
        Assert.Equal(options.MaxEntries, TrimRules.For(StreamNames.Signals, options).MaxLength);
        Assert.Equal(options.MaxTicks, TrimRules.For(StreamNames.RawTicks, options).UnderPressure().Bound);
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
        await db
            .TickPartitions.Where(row => row.Day == old)
            .ExecuteUpdateAsync(
                static set => set.SetProperty(static row => row.LastWriteAt, new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero)),
                Ct
            );

        var result = await Handler<PartitionJob>(worker).RunAsync(Row(), Ct);

        Assert.Equal(
            ["2001-01-01"],
            JsonDocument.Parse(result).RootElement.GetProperty("dropped").EnumerateArray().Select(static day => day.GetString())
        );
        Assert.True(await db.TickPartitions.AnyAsync(row => row.Day == replayed, Ct));
    }

    [Fact]
    public async Task Housekeeping_removes_what_has_done_its_duty_and_nothing_else()
    {
        await using var worker = WorkerHost.Compose(fixture, new TestJob());
        var now = TimeProvider.System.GetUtcNow();
        await using var db = fixture.NewContext();
        db.AddRange(
            Outbox("sent-long-ago", now.AddDays(-2)),
            Outbox("sent-now", now),
            Outbox("owed", null),
            new InboxRow
            {
                MessageId = "old",
                Consumer = "t",
                HandledAt = now.AddDays(-31),
            },
            new InboxRow
            {
                MessageId = "new",
                Consumer = "t",
                HandledAt = now,
            },
            new JobRow
            {
                Id = WorkerFixture.Id("old-job"),
                Type = "housekeeping",
                Status = JobStatuses.Completed,
                CreatedAt = now,
                FinishedAt = now.AddDays(-8),
            },
            new JobRow
            {
                Id = WorkerFixture.Id("old-failure"),
                Type = "housekeeping",
                Status = JobStatuses.Failed,
                CreatedAt = now,
                FinishedAt = now.AddDays(-8),
            },
            Reading("READ", now.AddDays(-95), now.AddDays(-92)),
            Reading("READ", now.AddDays(-94), now.AddDays(-1)), // of a replay: long past, but it arrived yesterday
            Reading("READ", now.AddDays(-1), now.AddDays(-1)),
            Reading("QUIET", now.AddDays(-200), now.AddDays(-200)),
            Reading("QUIET", now.AddDays(-199), now.AddDays(-199))
        );
        await db.SaveChangesAsync(Ct);

        await Handler<HousekeepingJob>(worker).RunAsync(Row(), Ct);

        db.ChangeTracker.Clear();
        Assert.Equal(2, await db.Outbox.CountAsync(static row => row.Source == "housekeeping-test", Ct));
        Assert.Equal(["new"], await db.Inbox.Select(static row => row.MessageId).ToListAsync(Ct));
        Assert.False(await db.Jobs.AnyAsync(static row => row.Id == WorkerFixture.Id("old-job"), Ct));
        Assert.True(await db.Jobs.AnyAsync(static row => row.Id == WorkerFixture.Id("old-failure"), Ct));
        var readings = await db.SentimentReadings.Select(static row => new { row.Symbol, row.Timestamp }).ToListAsync(Ct);
        Assert.Equal(
            [("QUIET", 199), ("READ", 1), ("READ", 94)],
            readings.Select(row => (row.Symbol, (int)Math.Round((now - row.Timestamp).TotalDays))).Order()
        );
    }

    [Fact]
    public async Task Texts_go_by_their_publication_and_of_one_without_a_date_what_it_is_known_by_stays()
    {
        await using var worker = WorkerHost.Compose(fixture, new TestJob(), ("SentimentItems:Retention", "30.00:00:00"));
        var now = TimeProvider.System.GetUtcNow();
        await using var db = fixture.NewContext();
        db.AddRange(
            Text("old", now.AddDays(-31), hasOwnDate: true, isRead: true),
            Text("old and unread", now.AddDays(-31), hasOwnDate: true, isRead: false),
            Text("of before", now.AddDays(-31), hasOwnDate: null, isRead: false),
            Text("new", now.AddDays(-29), hasOwnDate: true, isRead: true),
            Text("undated", now.AddDays(-31), hasOwnDate: false, isRead: true),
            Text("undated and unread", now.AddDays(-31), hasOwnDate: false, isRead: false),
            Text("undated and new", now.AddDays(-29), hasOwnDate: false, isRead: true)
        );
        await db.SaveChangesAsync(Ct);

        var result = JsonDocument.Parse(await Handler<HousekeepingJob>(worker).RunAsync(Row(), Ct));
        await Handler<HousekeepingJob>(worker).RunAsync(Row(), Ct);

        db.ChangeTracker.Clear();
        var left = await db.SentimentItems.Where(static row => row.Symbol == "KEEP").ToDictionaryAsync(static row => row.ExternalId, Ct);
        Assert.Equal(4, result.RootElement.GetProperty("texts").GetInt32());
        Assert.Equal(["new", "undated", "undated and new", "undated and unread"], left.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(string.Empty, left["undated"].Text);
        Assert.DoesNotContain("Infosys", left["undated"].Facts, StringComparison.Ordinal);
        Assert.All(["new", "undated and new", "undated and unread"], name => Assert.Equal("Infosys rises", left[name].Text));

        // Listed again, it is the one that is there.
        var again = Text("undated", now, hasOwnDate: false, isRead: false);
        Assert.Equal(0, await worker.Services.GetRequiredService<SentimentItems>().AddAsync([again], Ct));
    }

    private static SentimentItemRow Text(string name, DateTimeOffset published, bool? hasOwnDate, bool isRead) =>
        new()
        {
            Id = SentimentItems.IdOf("KEEP", "news:mint", name),
            Symbol = "KEEP",
            Source = "news:mint",
            Text = "Infosys rises",
            Score = 0,
            Confidence = 0,
            Authenticity = 0,
            Timestamp = published,
            ExternalId = name,
            ContentHash = hasOwnDate is null ? string.Empty : name,
            Relevance = 1,
            ReceivedAt = hasOwnDate is null ? null : published,
            ReadAt = isRead ? published : null,
            Facts = hasOwnDate is { } own ? JsonSerializer.Serialize(new { title = "Infosys rises", has_own_date = own }) : "{}",
        };

    private static Task HealthAsync(WorkerHost worker, HealthStatus status, string text) =>
        WorkerFixture.UntilAsync(
            async () =>
                (
                    await worker
                        .Services.GetRequiredService<HealthCheckService>()
                        .CheckHealthAsync(static check => check.Name == "streams", Ct)
                ).Entries["streams"]
                    is { Description: { } told } entry
                && entry.Status == status
                && told.Contains(text, StringComparison.Ordinal),
            text
        );

    private static IJobHandler Handler<T>(WorkerHost worker) =>
        worker.Services.GetServices<IJobHandler>().Single(static handler => handler is T);

    private static JobRow Row() =>
        new()
        {
            Id = WorkerFixture.Id("row"),
            Type = "x",
            CreatedAt = default,
        };

    private static SentimentReadingRow Reading(string symbol, DateTimeOffset at, DateTimeOffset arrived) =>
        new()
        {
            Symbol = symbol,
            Timestamp = at,
            Score = 0.5,
            Confidence = 1,
            Authenticity = 1,
            CreatedAt = arrived,
        };

    private static OutboxRow Outbox(string name, DateTimeOffset? sent) =>
        new()
        {
            Id = WorkerFixture.Id(name),
            Source = "housekeeping-test",
            Stream = "x",
            Kind = "Fill",
            Payload = "{}",
            CreatedAt = TimeProvider.System.GetUtcNow(),
            SentAt = sent,
        };

    private static Tick Tick(int seq) =>
        new()
        {
            Symbol = "T",
            Price = Price.Of(seq),
            Volume = Quantity.Of(1),
            Timestamp = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Kind = TickKind.Trade,
            Source = "test",
            Seq = seq,
        };

    private static async Task AcknowledgeAsync(IStreamReaders readers, string group, int count)
    {
        await using var reader = readers.Open<Tick>(group, "test");
        for (var done = 0; done < count; )
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
            await worker.Streams.TrimAsync(
                StreamNames.RawTicks,
                TrimRules.For(StreamNames.RawTicks, new TrimmingOptions { MaxTicks = 1000 }),
                Ct
            );
        }
    }

    private static async Task<long> LengthAsync(WorkerHost worker) =>
        (await worker.Streams.DescribeAsync(Ct)).Single(static stream => stream.Name == StreamNames.RawTicks).Length;
}
