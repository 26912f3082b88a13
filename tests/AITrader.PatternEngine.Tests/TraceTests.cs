using System.Diagnostics;
using AITrader.Contracts;
using AITrader.Contracts.Codecs;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.PatternEngine.Tests;

/// <summary>A tick that leads to a signal is a trace; one that does not is none.</summary>
public sealed class TraceTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private const int Count = 2_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signal_hands_its_span_on_in_the_trace_of_its_tick_which_begins_when_that_was_published()
    {
        const string Run = "traced-1";
        var ticks = Ticks(Run);
        using var recorder = new SpanRecorder(
            ticks.Select(static tick => TraceIdOf(tick.Trace)).ToHashSet(StringComparer.Ordinal).Contains
        );
        var (entries, signals) = await RunAsync(Run, ticks);

        var roots = recorder
            .Spans.Where(static span => span.OperationName == "tick")
            .ToDictionary(static span => span.TraceId.ToHexString());
        Assert.Equal(signals.Select(static signal => signal.TickId).Distinct().Count(), roots.Count);
        Assert.NotEmpty(signals);
        foreach (var signal in signals)
        {
            var entry = entries[signal.Seq];
            var root = roots[TraceIdOf(entry.Message.Trace)];
            var span = Assert.Single(recorder.Spans, span => span.Id == signal.Trace);
            Assert.Equal(($"signal {signal.Pattern}", root.SpanId, true), (span.DisplayName, span.ParentSpanId, span.Recorded));
            Assert.Equal((default(ActivitySpanId), signal.TickId), (root.ParentSpanId, root.GetTagItem("aitrader.tick")));
            Assert.Equal(EntryPlace.Parse(entry.Id).Millis, new DateTimeOffset(root.StartTimeUtc).ToUnixTimeMilliseconds());
            Assert.True(root.StartTimeUtc + root.Duration >= span.StartTimeUtc);
        }

        Assert.Equal(roots.Count + signals.Count, recorder.Spans.Count);
    }

    [Fact]
    public async Task What_is_not_known_to_be_committed_says_so_and_what_comes_of_the_second_attempt_is_handed_on()
    {
        const string Run = "traced-2";
        var ticks = Ticks(Run);
        using var recorder = new SpanRecorder(
            ticks.Select(static tick => TraceIdOf(tick.Trace)).ToHashSet(StringComparer.Ordinal).Contains
        );
        var (_, signals) = await RunAsync(Run, ticks, static services => new FaultyTransactions(11).Put(services));

        var failed = recorder.Spans.Where(static span => span.Status == ActivityStatusCode.Error).ToList();
        Assert.NotEmpty(failed);
        Assert.All(failed, static span => Assert.Equal("not committed", span.StatusDescription));
        Assert.All(signals, signal => Assert.Single(recorder.Spans, span => span.Id == signal.Trace));
    }

    [Fact]
    public async Task Where_nobody_records_the_tick_s_own_trace_is_handed_on()
    {
        const string Run = "untraced-1";
        var (entries, signals) = await RunAsync(Run, Ticks(Run));

        Assert.All(signals, signal => Assert.Equal(entries[signal.Seq].Message.Trace, signal.Trace));
    }

    private static List<Tick> Ticks(string run) =>
        Samples.Ticks(run, Count).ConvertAll(tick => tick with { Trace = TickTrace.Parent(run, tick.Seq) });

    private static string TraceIdOf(string traceparent) => traceparent.Split('-')[1];

    private async Task<(Dictionary<long, StreamEntry<Tick>> Ticks, List<Signal> Signals)> RunAsync(
        string run,
        List<Tick> ticks,
        Action<IServiceCollection>? configure = null
    )
    {
        using var host = PatternHost.Build(redis.ConnectionString, batch: 100, configure);
        await host.StartAsync(Ct);
        await host.Services.GetRequiredService<IStreamPublisher>().PublishAsync<Tick>(ticks, Ct);
        await host.Services.GetRequiredService<IWatermarks>().WaitForAsync(run, ReplayStages.Pattern, Count, Ct);
        await host.StopAsync(Ct);
        return (
            (await ReadAsync<Tick>(host)).Where(entry => entry.Message.Run == run).ToDictionary(static entry => entry.Message.Seq),
            [.. (await ReadAsync<Signal>(host)).Select(static entry => entry.Message).Where(signal => signal.Run == run)]
        );
    }

    private static async Task<List<StreamEntry<T>>> ReadAsync<T>(IHost host)
        where T : class
    {
        await using var reader = host
            .Services.GetRequiredService<IStreamReaders>()
            .Open<T>($"trace-{Guid.CreateVersion7()}", "test", Lane.Replays.Of(StreamCodecs.For<T>().Stream!));
        var all = new List<StreamEntry<T>>();
        while (await reader.ReadAsync(1_000, TimeSpan.Zero, Ct) is { Count: > 0 } entries)
        {
            all.AddRange(entries);
        }

        return all;
    }
}
