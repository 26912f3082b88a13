using AITrader.Contracts;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Worker.Tests;

public sealed class JobTests(WorkerFixture fixture) : IClassFixture<WorkerFixture>
{
    private static readonly DateTimeOffset LongAgo = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_runs_and_its_result_is_kept()
    {
        var job = new TestJob();
        await using var worker = await WorkerHost.StartAsync(fixture, job);
        var id = WorkerFixture.Id("runs");

        Assert.True(await worker.Queue.EnqueueAsync(id, TestJob.TypeName, """{"n":1}""", Ct));
        await fixture.UntilStatusAsync(id, JobStatuses.Completed);

        var row = await fixture.JobAsync(id);
        Assert.Equal(("""{"answer": 42}""", (string?)null, 1), (row.Result, row.Error, row.Attempts));
        Assert.True(row.FinishedAt >= row.StartedAt && row.StartedAt >= row.CreatedAt);
        Assert.Null(row.LeaseUntil);
    }

    [Fact]
    public async Task Same_job_asked_for_twice_runs_once()
    {
        var job = new TestJob();
        await using var worker = await WorkerHost.StartAsync(fixture, job);
        var id = WorkerFixture.Id("twice");

        Assert.True(await worker.Queue.EnqueueAsync(id, TestJob.TypeName, "{}", Ct));
        Assert.False(await worker.Queue.EnqueueAsync(id, TestJob.TypeName, "{}", Ct));
        await fixture.UntilStatusAsync(id, JobStatuses.Completed);

        Assert.Equal(1, job.Runs);
    }

    [Fact]
    public async Task Failure_is_recorded_and_the_worker_goes_on()
    {
        var job = new TestJob
        {
            Work = static (row, _) =>
                row.Id == WorkerFixture.Id("bad") ? throw new InvalidTimeZoneException("no such zone") : Task.FromResult("{}"),
        };
        await using var worker = await WorkerHost.StartAsync(fixture, job);

        await worker.Queue.EnqueueAsync(WorkerFixture.Id("bad"), TestJob.TypeName, "{}", Ct);
        await worker.Queue.EnqueueAsync(WorkerFixture.Id("good"), TestJob.TypeName, "{}", Ct);

        await fixture.UntilStatusAsync(WorkerFixture.Id("good"), JobStatuses.Completed);
        await fixture.UntilStatusAsync(WorkerFixture.Id("bad"), JobStatuses.Failed);
        Assert.Equal("no such zone", (await fixture.JobAsync(WorkerFixture.Id("bad"))).Error);
    }

    [Fact]
    public async Task Wake_up_is_acknowledged_after_the_effect()
    {
        // A stream of its own: another test's last wake-up may still wait for its acknowledgement in the shared one.
        await using var own = new WorkerFixture();
        await own.InitializeAsync();
        var release = new TaskCompletionSource();
        var id = WorkerFixture.Id("ack");
        var job = new TestJob
        {
            Work = async (_, ct) =>
            {
                await release.Task.WaitAsync(ct);
                return "{}";
            },
        };
        await using var worker = await WorkerHost.StartAsync(own, job);
        await worker.Queue.EnqueueAsync(id, TestJob.TypeName, "{}", Ct);
        await own.UntilStatusAsync(id, JobStatuses.Running);

        Assert.Equal(1, await PendingAsync(worker));
        release.SetResult();

        await own.UntilStatusAsync(id, JobStatuses.Completed);
        await WorkerFixture.UntilAsync(async () => await PendingAsync(worker) == 0, "acknowledged");
    }

    [Fact]
    public async Task Job_of_a_dead_worker_is_taken_over()
    {
        var id = WorkerFixture.Id("orphan");
        await fixture.AddJobAsync(
            new JobRow
            {
                Id = id,
                Type = TestJob.TypeName,
                Status = JobStatuses.Running,
                Attempts = 1,
                CreatedAt = LongAgo,
                StartedAt = LongAgo,
                LeaseUntil = LongAgo,
            }
        );
        await using var worker = await WorkerHost.StartAsync(fixture, new TestJob());

        await fixture.UntilStatusAsync(id, JobStatuses.Completed);

        Assert.Equal(2, (await fixture.JobAsync(id)).Attempts);
    }

    [Fact]
    public async Task Job_without_a_wake_up_is_found()
    {
        var id = WorkerFixture.Id("silent");
        await fixture.AddJobAsync(
            new JobRow
            {
                Id = id,
                Type = TestJob.TypeName,
                CreatedAt = LongAgo,
            }
        );
        await using var worker = await WorkerHost.StartAsync(fixture, new TestJob());

        await fixture.UntilStatusAsync(id, JobStatuses.Completed);
    }

    [Fact]
    public async Task Job_that_keeps_killing_workers_is_given_up()
    {
        var id = WorkerFixture.Id("killer");
        await fixture.AddJobAsync(
            new JobRow
            {
                Id = id,
                Type = TestJob.TypeName,
                Status = JobStatuses.Running,
                Attempts = 5,
                CreatedAt = LongAgo,
                LeaseUntil = LongAgo,
            }
        );
        var job = new TestJob();
        await using var worker = await WorkerHost.StartAsync(fixture, job);

        await fixture.UntilStatusAsync(id, JobStatuses.Failed);

        Assert.Contains("died 5 times", (await fixture.JobAsync(id)).Error);
    }

    [Fact]
    public async Task Long_job_keeps_its_claim()
    {
        var id = WorkerFixture.Id("long");
        var job = new TestJob
        {
            Work = static async (_, ct) =>
            {
                // Longer than two leases, and a lease long enough for a busy machine to renew it in time.
                await Task.Delay(TimeSpan.FromSeconds(13), ct);
                return "{}";
            },
        };
        await using var one = await WorkerHost.StartAsync(fixture, job, ("Jobs:Lease", "00:00:06"));
        await using var two = await WorkerHost.StartAsync(fixture, job, ("Jobs:Lease", "00:00:06"));
        await one.Queue.EnqueueAsync(id, TestJob.TypeName, "{}", Ct);

        await fixture.UntilStatusAsync(id, JobStatuses.Completed);

        Assert.Equal(1, (await fixture.JobAsync(id)).Attempts);
    }

    [Fact]
    public async Task Running_job_that_is_asked_to_end_ends_and_the_worker_goes_on()
    {
        var id = WorkerFixture.Id("endless");
        var ended = new TaskCompletionSource();
        var job = new TestJob
        {
            Work = async (row, ct) =>
            {
                if (row.Id == id)
                {
                    using var end = ct.Register(ended.SetResult);
                    await Task.Delay(Timeout.InfiniteTimeSpan, ct);
                }

                return "{}";
            },
        };
        await using var worker = await WorkerHost.StartAsync(fixture, job, ("Jobs:CancelWithin", "00:00:00.100"));
        await worker.Queue.EnqueueAsync(id, TestJob.TypeName, "{}", Ct);
        await fixture.UntilStatusAsync(id, JobStatuses.Running);

        await AskCancelAsync(id);
        await fixture.UntilStatusAsync(id, JobStatuses.Cancelled);

        await ended.Task.WaitAsync(Ct);
        var row = await fixture.JobAsync(id);
        Assert.Equal((true, null, null), (row.FinishedAt is not null, row.LeaseUntil, row.Error));
        var next = WorkerFixture.Id("next");
        await worker.Queue.EnqueueAsync(next, TestJob.TypeName, "{}", Ct);
        await fixture.UntilStatusAsync(next, JobStatuses.Completed);
    }

    [Theory]
    [InlineData(JobStatuses.Queued)]
    [InlineData(JobStatuses.Running)]
    public async Task Job_that_nobody_runs_and_that_was_asked_to_end_never_runs(string status)
    {
        var id = WorkerFixture.Id($"idle-{status}");
        await fixture.AddJobAsync(
            new JobRow
            {
                Id = id,
                Type = TestJob.TypeName,
                Status = status,
                Attempts = status == JobStatuses.Running ? 1 : 0,
                CreatedAt = LongAgo,
                LeaseUntil = status == JobStatuses.Running ? LongAgo : null,
                CancelAskedAt = LongAgo,
            }
        );
        await using var worker = await WorkerHost.StartAsync(fixture, new TestJob());

        await fixture.UntilStatusAsync(id, JobStatuses.Cancelled);

        Assert.Null((await fixture.JobAsync(id)).Result);
    }

    [Fact]
    public async Task Job_that_takes_longer_than_its_limit_fails_with_the_limit()
    {
        var id = WorkerFixture.Id("late");
        var job = new TestJob
        {
            Work = static async (_, ct) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
                return "{}";
            },
        };
        await using var worker = await WorkerHost.StartAsync(fixture, job, ("Jobs:TimeLimit", "00:00:00.200"));
        await worker.Queue.EnqueueAsync(id, TestJob.TypeName, "{}", Ct);

        await fixture.UntilStatusAsync(id, JobStatuses.Failed);

        Assert.Contains("Jobs:TimeLimit", (await fixture.JobAsync(id)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_that_stops_hands_its_job_on()
    {
        var id = WorkerFixture.Id("handed");
        var stuck = new TestJob
        {
            Work = static async (_, ct) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
                return "{}";
            },
        };
        await using (var first = await WorkerHost.StartAsync(fixture, stuck))
        {
            await first.Queue.EnqueueAsync(id, TestJob.TypeName, "{}", Ct);
            await fixture.UntilStatusAsync(id, JobStatuses.Running);
            await first.StopAsync();
        }

        Assert.Equal(JobStatuses.Queued, (await fixture.JobAsync(id)).Status);
        await using var second = await WorkerHost.StartAsync(fixture, new TestJob());
        await fixture.UntilStatusAsync(id, JobStatuses.Completed);
    }

    [Fact]
    public async Task Two_workers_run_each_job_once()
    {
        var job = new TestJob();
        await using var one = await WorkerHost.StartAsync(fixture, job);
        await using var two = await WorkerHost.StartAsync(fixture, job);
        var ids = Enumerable.Range(0, 30).Select(static n => WorkerFixture.Id($"shared{n}")).ToList();

        await Task.WhenAll(ids.Select((id, n) => (n % 2 == 0 ? one : two).Queue.EnqueueAsync(id, TestJob.TypeName, "{}", Ct)));
        foreach (var id in ids)
        {
            await fixture.UntilStatusAsync(id, JobStatuses.Completed);
        }

        Assert.Equal(30, job.Runs);
    }

    [Fact]
    public async Task Scheduled_jobs_are_made_once_for_all_workers_and_partitions_are_ahead()
    {
        await using var one = await WorkerHost.StartAsync(fixture, new TestJob());
        await using var two = await WorkerHost.StartAsync(fixture, new TestJob());
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

        await WorkerFixture.UntilAsync(
            async () =>
            {
                await using var db = fixture.NewContext();
                return await db.TickPartitions.CountAsync(row => row.Day >= today && row.Day <= today.AddDays(7), Ct) == 8
                    && await db.Jobs.CountAsync(static row => row.Type != TestJob.TypeName && row.Status == JobStatuses.Completed, Ct) >= 5;
            },
            "partitions for a week"
        );

        await using var check = fixture.NewContext();
        var made = await check
            .Jobs.Where(static row => row.Type != TestJob.TypeName)
            .GroupBy(static row => row.Type)
            .Select(static type => new { type.Key, Count = type.Count() })
            .ToListAsync(Ct);
        // An hour, or a minute, may have turned in between.
        Assert.All(made, static type => Assert.InRange(type.Count, 1, 2));
        Assert.Equal(
            ["documents", "housekeeping", "model-registry", "run-deletion", "tick-partitions"],
            made.Select(static type => type.Key).Order(StringComparer.Ordinal)
        );
    }

    private static async Task<long> PendingAsync(WorkerHost worker)
    {
        var streams = await worker.Streams.DescribeAsync(Ct);
        return streams.Single(static stream => stream.Name == StreamNames.Jobs(TestJob.TypeName)).Groups.Single().Pending;
    }

    private async Task AskCancelAsync(Guid id)
    {
        await using var db = fixture.NewContext();
        await db
            .Jobs.Where(row => row.Id == id)
            .ExecuteUpdateAsync(static set => set.SetProperty(static row => row.CancelAskedAt, LongAgo), Ct);
    }
}
