using AITrader.Contracts;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.PatternEngine.Classes;
using AITrader.PatternEngine.Engine;
using AITrader.PatternEngine.Tests.Classes;
using AITrader.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.PatternEngine.Tests;

/// <summary>The service on a real Redis: however it is disturbed, the signals are those of an engine that never was.</summary>
public sealed class PatternLoopTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private const int Count = 4_000;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("batch-of-one", 1, 600)]
    [InlineData("batch-of-17", 17, Count)]
    [InlineData("batch-of-4000", 4_000, Count)]
    public async Task Publishes_the_same_signals_whatever_the_batches(string run, int batch, int count)
    {
        var ticks = Samples.Ticks(run, count);
        using var host = Host(batch);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await PublishAsync(host, ticks);
        await WatermarkAsync(host, run, count);
        await host.StopAsync(TestContext.Current.CancellationToken);

        await VerifyAsync(run, ticks);
    }

    [Theory]
    [InlineData("restarts-1", 1)]
    [InlineData("restarts-2", 2)]
    public async Task Publishes_the_same_signals_through_restarts_at_any_point(string run, int seed)
    {
        var random = new Random(seed);
        var ticks = Samples.Ticks(run, Count);
        using (var publisher = Host(64))
        {
            await PublishAsync(publisher, ticks);
        }

        for (var reached = 0L; reached < Count; )
        {
            // Stopping cancels whatever it is at: reading, or a commit whose outcome it then never learns.
            using var host = Host(random.Next(1, 200), settings: new() { ["Engine:Shards"] = $"{random.Next(1, 4)}" });
            await host.StartAsync(TestContext.Current.CancellationToken);
            reached = await WatermarkAsync(host, run, Math.Min(Count, reached + random.Next(1, 700)));
            using var noGrace = new CancellationTokenSource(TimeSpan.Zero);
            await host.StopAsync(noGrace.Token);
        }

        await VerifyAsync(run, ticks);
    }

    [Theory]
    [InlineData("failures-1", 11)]
    [InlineData("failures-2", 12)]
    public async Task Publishes_the_same_signals_when_commits_fail_or_only_seem_to(string run, int seed)
    {
        var ticks = Samples.Ticks(run, Count);
        var faults = new FaultyTransactions(seed);
        using var host = Host(100, services => faults.Put(services));
        await host.StartAsync(TestContext.Current.CancellationToken);
        await PublishAsync(host, ticks);
        await WatermarkAsync(host, run, Count);
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, host.Services.GetRequiredKeyedService<EngineStore>(Lane.Replays).InUse);
        Assert.True(faults.Lost > 2 && faults.Unconfirmed > 2, $"{faults.Lost} lost, {faults.Unconfirmed} unconfirmed");
        await VerifyAsync(run, ticks);
    }

    [Fact]
    public async Task Publishes_nothing_twice_for_ticks_that_were_published_twice()
    {
        const string Run = "twice-1";
        var ticks = Samples.Ticks(Run, Count);
        using var host = Host(256);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await PublishAsync(host, ticks[..2_500]);
        await PublishAsync(host, ticks[2_000..2_500]);
        await PublishAsync(host, ticks[2_500..]);
        await WatermarkAsync(host, Run, Count);
        await host.StopAsync(TestContext.Current.CancellationToken);

        await VerifyAsync(Run, ticks);
    }

    [Fact]
    public async Task A_replay_waits_for_the_classifier_and_loses_nothing()
    {
        const string Run = "classified-1";
        var port = FreePort.Find();
        var ticks = Samples.Ticks(Run, Count);
        using var host = Host(
            500,
            settings: new() { ["Classifier:Runner"] = $"http://127.0.0.1:{port}", ["Classifier:ReplayDeadline"] = "00:00:01" }
        );
        await host.StartAsync(TestContext.Current.CancellationToken);
        await PublishAsync(host, ticks);
        var classifier = host.Services.GetRequiredService<SignalClassifier>();
        while (!classifier.State.Contains("failed", StringComparison.Ordinal))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await using var server = await ModelServer.StartAsync(port);
        await WatermarkAsync(host, Run, Count);
        await host.StopAsync(TestContext.Current.CancellationToken);
        var signals = await SignalsAsync(Run);
        var plain = signals.ConvertAll(static one => one with { Features = one.Features with { Class = null } });
        Assert.Equal(Samples.Expected(ticks), plain.ConvertAll(Samples.Show));
        var first = signals.FindIndex(static one => one.Features.Class is not null);
        Assert.InRange(first, 1, signals.Count - 10);
        foreach (var symbol in signals.Skip(first).GroupBy(static one => one.Symbol))
        {
            Assert.All(symbol.SkipWhile(static one => one.Features.Class is null), static one => Assert.NotNull(one.Features.Class));
        }
    }

    [Fact]
    public async Task Starts_anew_where_its_state_was_made_with_other_parameters()
    {
        const string Run = "parameters-1";
        var ticks = Samples.Ticks(Run, 2_000);
        using (var before = Host(100))
        {
            await before.StartAsync(TestContext.Current.CancellationToken);
            await PublishAsync(before, ticks[..1_000]);
            await WatermarkAsync(before, Run, 1_000);
            await before.StopAsync(TestContext.Current.CancellationToken);
        }

        using var after = Host(100, settings: new() { ["Patterns:EmaFast"] = "19" });
        await after.StartAsync(TestContext.Current.CancellationToken);
        await PublishAsync(after, ticks[1_000..]);
        await WatermarkAsync(after, Run, 2_000);
        await after.StopAsync(TestContext.Current.CancellationToken);
        var signals = await SignalsAsync(Run);
        Assert.NotEmpty(signals);
        Assert.Equal(signals.Count, signals.DistinctBy(static signal => signal.Id).Count());
    }

    [Theory]
    [InlineData("rotten-symbol-1", ":TEST:S1")]
    [InlineData("torn-symbol-1", ":TEST:S2")]
    public async Task Starts_anew_where_a_stored_state_was_changed_and_repeats_no_signal(string run, string key)
    {
        var ticks = Samples.Ticks(run, 2_000);
        using (var before = Host(100))
        {
            await before.StartAsync(TestContext.Current.CancellationToken);
            await PublishAsync(before, ticks[..1_000]);
            await WatermarkAsync(before, run, 1_000);
            await before.StopAsync(TestContext.Current.CancellationToken);
            await SpoilAsync(before, Lane.Replays.Key(EngineStore.HeadKey) + key, isTorn: run.StartsWith("torn", StringComparison.Ordinal));
        }

        using var after = Host(100);
        await after.StartAsync(TestContext.Current.CancellationToken);
        await PublishAsync(after, ticks[1_000..]);
        await WatermarkAsync(after, run, 2_000);
        await after.StopAsync(TestContext.Current.CancellationToken);
        var signals = await SignalsAsync(run);
        Assert.NotEmpty(signals);
        Assert.Equal(signals.Count, signals.DistinctBy(static signal => signal.Id).Count());
    }

    private static async Task SpoilAsync(IHost host, string key, bool isTorn)
    {
        var saved = (
            await host.Services.GetRequiredService<IStreamState>().GetAsync(key, TestContext.Current.CancellationToken)
        )!.Value.ToArray();
        saved[^9] ^= 1;
        var transaction = host.Services.GetRequiredService<IStreamTransactions>().Begin();
        await transaction
            .SetState(key, isTorn ? saved.AsMemory(0, saved.Length / 2) : saved)
            .CommitAsync(TestContext.Current.CancellationToken);
    }

    private IHost Host(int batch, Action<IServiceCollection>? configure = null, Dictionary<string, string?>? settings = null) =>
        PatternHost.Build(redis.ConnectionString, batch, configure, settings);

    private static Task PublishAsync(IHost host, List<Tick> ticks) =>
        host.Services.GetRequiredService<IStreamPublisher>().PublishAsync<Tick>(ticks, TestContext.Current.CancellationToken);

    private static async Task<long> WatermarkAsync(IHost host, string run, long seq)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(MaxWait);
        return await host.Services.GetRequiredService<IWatermarks>().WaitForAsync(run, ReplayStages.Pattern, seq, limit.Token);
    }

    private async Task VerifyAsync(string run, List<Tick> ticks)
    {
        var expected = Samples.Expected(ticks);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, (await SignalsAsync(run)).ConvertAll(Samples.Show));
    }

    private async Task<List<Signal>> SignalsAsync(string run)
    {
        using var host = Host(1);
        await using var reader = host
            .Services.GetRequiredService<IStreamReaders>()
            .Open<Signal>($"reads-{run}", "test", Lane.Replays.Of(StreamNames.Signals));
        var signals = new List<Signal>();
        while (await reader.ReadAsync(500, TimeSpan.Zero, TestContext.Current.CancellationToken) is { Count: > 0 } entries)
        {
            signals.AddRange(entries.Select(static entry => entry.Message).Where(signal => signal.Run == run));
        }

        return signals;
    }
}
