using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using AITrader.Domain.Ticks;
using AITrader.Messaging.Hosting;
using AITrader.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Messaging.Tests;

public sealed class ConsumerTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acknowledges_only_after_the_handler_is_through()
    {
        var gate = new TaskCompletionSource();
        await using var bus = await StartAsync(async (_, _) => await gate.Task);
        await bus.Publisher.PublishAsync(Sample.Ticks(3), Ct);
        await Sample.UntilAsync(async () => await PendingAsync(bus) > 0, Ct);
        Assert.True(await PendingAsync(bus) > 0);
        gate.SetResult();
        await Sample.UntilAsync(async () => await PendingAsync(bus) == 0, Ct);
    }

    [Fact]
    public async Task One_bad_entry_does_not_hold_the_others_up()
    {
        var handled = new ConcurrentQueue<long>();
        await using var bus = await StartAsync(
            (batch, _) =>
            {
                if (batch.Any(static entry => entry.Message.Seq == 5))
                {
                    throw new InvalidDataException("cannot book tick 5");
                }

                foreach (var entry in batch)
                {
                    handled.Enqueue(entry.Message.Seq);
                }

                return Task.CompletedTask;
            }
        );
        await bus.Publisher.PublishAsync(Sample.Ticks(10), Ct);
        await Sample.UntilAsync(() => handled.Count >= 9, Ct);
        await Sample.UntilAsync(async () => await PendingAsync(bus) == 0, Ct);

        Assert.Equal([1, 2, 3, 4, 6, 7, 8, 9, 10], handled);
        var dead = Assert.Single(await bus.Redis.StreamRangeAsync("dead:audit:raw_ticks"));
        Assert.Equal("5", dead["seq"]);
        Assert.Equal("InvalidDataException: cannot book tick 5", dead["error"]);
        Assert.Equal("3", dead["deliveries"]);
    }

    [Fact]
    public async Task A_transient_failure_is_retried_without_end_and_without_dead_letters()
    {
        var attempts = 0;
        var handled = new ConcurrentQueue<long>();
        await using var bus = await StartAsync(
            (batch, _) =>
            {
                if (++attempts <= 12)
                {
                    throw new TimeoutException("the database is away");
                }

                foreach (var entry in batch)
                {
                    handled.Enqueue(entry.Message.Seq);
                }

                return Task.CompletedTask;
            }
        );
        await bus.Publisher.PublishAsync(Sample.Ticks(5), Ct);
        await Sample.UntilAsync(() => handled.Count == 5, Ct);
        Assert.Equal([1, 2, 3, 4, 5], handled);
        Assert.False(await bus.Redis.KeyExistsAsync("dead:audit:raw_ticks"));
    }

    [Fact]
    public async Task Waits_for_a_batch_to_fill_but_not_longer_than_allowed()
    {
        var sizes = new ConcurrentQueue<int>();
        await using var bus = await StartAsync(
            (batch, _) =>
            {
                sizes.Enqueue(batch.Count);
                return Task.CompletedTask;
            },
            static options =>
            {
                options.MaxBatch = 10;
                options.MaxDelay = TimeSpan.FromSeconds(20);
            }
        );
        for (var seq = 1; seq <= 10; seq++)
        {
            await bus.Publisher.PublishAsync(Sample.Tick(seq), Ct);
        }

        await Sample.UntilAsync(() => !sizes.IsEmpty, Ct);
        Assert.Equal([10], sizes);
    }

    [Fact]
    public async Task Continues_the_trace_of_its_message()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        using var recorder = new SpanRecorder(static trace => trace == "0af7651916cd43dd8448eb211c80319c");
        var seen = new ConcurrentQueue<string?>();
        await using var bus = await StartAsync(
            (_, _) =>
            {
                seen.Enqueue(Activity.Current?.ParentId);
                return Task.CompletedTask;
            }
        );
        await bus.Publisher.PublishAsync(Sample.Tick(1) with { Trace = Trace }, Ct);
        await Sample.UntilAsync(() => !seen.IsEmpty, Ct);
        Assert.Equal(Trace, seen.First());
    }

    [Theory]
    [InlineData("00", "00", null, 0)]
    [InlineData("00", "01", "0af7651916cd43dd8448eb211c80319c", 0)]
    [InlineData("01", "01", null, 2)]
    [InlineData("03", "02", "1af7651916cd43dd8448eb211c80319c", 0)]
    public async Task A_batch_has_a_span_where_a_cause_is_recorded_which_most_ticks_are_not(
        string first,
        string second,
        string? parent,
        int links
    )
    {
        string[] traces = ["1af7651916cd43dd8448eb211c80319c", "0af7651916cd43dd8448eb211c80319c"];
        var spans = new ConcurrentQueue<Activity?>();
        using var recorder = new SpanRecorder(static _ => true);
        await using var bus = await StartAsync(
            (batch, _) =>
            {
                if (batch.Count == 2)
                {
                    spans.Enqueue(Activity.Current);
                }

                return Task.CompletedTask;
            },
            static options =>
            {
                options.MaxBatch = 2;
                options.MaxDelay = TimeSpan.FromSeconds(20);
            }
        );
        await bus.Publisher.PublishAsync<Tick>(
            [
                Sample.Tick(1) with
                {
                    Trace = $"00-{traces[0]}-b7ad6b7169203331-{first}",
                },
                Sample.Tick(2) with
                {
                    Trace = $"00-{traces[1]}-b7ad6b7169203331-{second}",
                },
            ],
            Ct
        );
        await Sample.UntilAsync(() => !spans.IsEmpty, Ct);

        var span = spans.First();
        Assert.Equal(parent is not null || links > 0, span is not null);
        Assert.Equal(links, span?.Links.Count() ?? 0);
        Assert.True(parent is null || span!.TraceId.ToHexString() == parent);
    }

    [Fact]
    public async Task Measures_length_lag_pending_and_handling()
    {
        var measured = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (found, self) =>
            {
                if (found.Meter.Name == "AITrader.Messaging")
                {
                    self.EnableMeasurementEvents(found);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (found, value, _, _) => measured.AddOrUpdate(found.Name, value, (_, before) => Math.Max(before, value))
        );
        listener.SetMeasurementEventCallback<double>(
            (found, value, _, _) => measured.AddOrUpdate(found.Name, value, (_, before) => Math.Max(before, value))
        );
        listener.Start();
        var gate = new TaskCompletionSource();
        await using var bus = await StartAsync(async (_, _) => await gate.Task);
        await bus.Publisher.PublishAsync(Sample.Ticks(10), Ct);
        await Sample.UntilAsync(
            () =>
            {
                listener.RecordObservableInstruments();
                return measured.GetValueOrDefault("aitrader.stream.pending") > 0
                    && measured.GetValueOrDefault("aitrader.stream.pending.age") > 0;
            },
            Ct
        );
        gate.SetResult();
        await Sample.UntilAsync(() => measured.ContainsKey("aitrader.stream.handler.duration"), Ct);
        Assert.Equal(10, measured["aitrader.stream.length"]);
        Assert.True(
            measured.ContainsKey("aitrader.stream.lag")
                && measured.ContainsKey("aitrader.stream.published")
                && measured.ContainsKey("aitrader.stream.consumed")
        );
    }

    private static async Task<long> PendingAsync(TestBus bus) =>
        (await bus.Admin.DescribeAsync(Ct)).SelectMany(static stream => stream.Groups).Sum(static group => group.Pending);

    private async Task<TestBus> StartAsync(
        Func<IReadOnlyList<StreamEntry<Tick>>, CancellationToken, Task> handle,
        Action<StreamConsumerOptions>? configure = null
    )
    {
        await using (await TestBus.OpenEmptyAsync(redis.ConnectionString))
        {
            // Only to empty it.
        }

        var bus = TestBus.Open(
            redis.ConnectionString,
            builder =>
            {
                builder.Services.AddLogging();
                builder.Services.AddSingleton(new Handler(handle));
                builder.AddStreamConsumer<Tick, Handler>("g", options =>
                {
                    options.MaxAttempts = 3;
                    options.Backoff = TimeSpan.FromMilliseconds(5);
                    options.MaxBackoff = TimeSpan.FromMilliseconds(20);
                    configure?.Invoke(options);
                });
            },
            ("Streams:MetricsInterval", "00:00:00.100")
        );
        await bus.StartAsync(Ct);
        return bus;
    }

    private sealed class Handler(Func<IReadOnlyList<StreamEntry<Tick>>, CancellationToken, Task> handle) : IStreamHandler<Tick>
    {
        public ValueTask HandleAsync(IReadOnlyList<StreamEntry<Tick>> batch, CancellationToken ct) => new(handle(batch, ct));
    }
}
