using System.Text.Json;
using AITrader.Contracts;
using AITrader.Inference.Client;
using AITrader.Messaging;
using AITrader.Storage.Flags;
using AITrader.Storage.Rows;
using AITrader.StrategyEngine.Flags;
using AITrader.StrategyEngine.Tests.Support;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AITrader.StrategyEngine.Tests;

/// <summary>What flags do to decisions.</summary>
public sealed class FlagDecisionTests : IAsyncLifetime
{
    private readonly ScriptedForecaster _forecaster = new();
    private Bench _bench = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await Bench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_decision_goes_on_without_a_factor_that_is_switched_off_and_says_so()
    {
        await SetAsync(FeatureFlags.Forecast, enabled: false);
        await SetAsync(FeatureFlags.Sentiment, enabled: false);
        await StartAsync();
        await LiveAsync(1);

        var decision = await DecisionAsync(1);
        Assert.Equal("absent: switched off by flag decisions.forecast", NoteOf(decision, 2));
        Assert.Equal("absent: switched off by flag decisions.sentiment", NoteOf(decision, 4));
        Assert.Equal(0, _forecaster.Calls);

        // pattern .45 x .8, technicals .25 x .35.
        Assert.Equal(0.4475, decision.Score, 9);
        var provenance = JsonDocument.Parse(decision.Provenance).RootElement;
        Assert.Equal(
            [("decisions.forecast", false), ("decisions.sentiment", false)],
            provenance.GetProperty("flags").EnumerateObject().Select(static flag => (flag.Name, flag.Value.GetBoolean()))
        );
        Assert.Equal(
            ("none", "switched off by flag decisions.forecast"),
            (
                provenance.GetProperty("forecast").GetProperty("source").GetString(),
                provenance.GetProperty("forecast").GetProperty("reason").GetString()
            )
        );
    }

    [Fact]
    public async Task With_all_flags_at_their_defaults_nothing_of_them_is_stored()
    {
        await SetAsync(FeatureFlags.Forecast, enabled: true);
        await StartAsync();
        await LiveAsync(1);

        var decision = await DecisionAsync(1);
        Assert.False(JsonDocument.Parse(decision.Provenance).RootElement.TryGetProperty("flags", out _));
        Assert.Equal(1, _forecaster.Calls);
    }

    [Fact]
    public async Task Without_the_built_in_rule_signals_are_passed_over_and_once_it_is_on_again_the_next_one_is_decided()
    {
        await SetAsync(FeatureFlags.BuiltInRule, enabled: false);
        await StartAsync();
        await LiveAsync(1);
        await Bench.UntilAsync(async () => await PendingAsync() is (1, 0), "the signal is acknowledged");
        await using (var db = _bench.NewContext())
        {
            Assert.False(await db.Decisions.AnyAsync(Ct));
        }

        await SetAsync(FeatureFlags.BuiltInRule, enabled: true);
        await AgeAsync();
        await LiveAsync(2);
        await DecisionAsync(2);
        await using var after = _bench.NewContext();
        Assert.Equal(2, (await after.Decisions.SingleAsync(Ct)).Seq);
    }

    [Fact]
    public async Task A_replay_keeps_the_flags_of_its_start_even_in_an_engine_that_is_started_again()
    {
        var engine = await StartAsync();
        await ReplayAsync(10);
        Assert.Equal(1, _forecaster.Calls);

        await SetAsync(FeatureFlags.Forecast, enabled: false);
        await AgeAsync();
        await ReplayAsync(11);
        await _bench.StopAsync(engine);
        await StartAsync();
        await ReplayAsync(12);
        Assert.Equal(3, _forecaster.Calls);

        // The live market sees the switch.
        await LiveAsync(13);
        await DecisionAsync(13);
        Assert.Equal(3, _forecaster.Calls);
        await using var db = _bench.NewContext();
        Assert.Equal(
            [false, false, false, true],
            (await db.Decisions.OrderBy(static row => row.Seq).ToListAsync(Ct)).Select(static row =>
                JsonDocument.Parse(row.Provenance).RootElement.TryGetProperty("flags", out _)
            )
        );
    }

    // Longer than the engine rests on what it has read.
    private static Task AgeAsync() => Task.Delay(FlagTable.Life * 1.1, Ct);

    private static string NoteOf(DecisionRow decision, int factor) =>
        JsonDocument.Parse(decision.Factors).RootElement[factor].GetProperty("note").GetString()!;

    private Task<IHost> StartAsync() =>
        _bench.StartAsync(
            "strategy-engine",
            builder =>
            {
                builder.AddStrategy();
                builder.Services.RemoveAll<IForecaster>();
                builder.Services.AddSingleton<IForecaster>(_forecaster);
            },
            ("Strategy:SentimentEngine", "http://127.0.0.1:9"),
            ("Strategy:CoolDown", "00:00:00")
        );

    private async Task LiveAsync(long seq) =>
        await _bench.Bus.PublishAsync(SampleSignals.At(seq, 0, run: "") with { Timestamp = TimeProvider.System.GetUtcNow() }, Ct);

    private async Task ReplayAsync(long seq)
    {
        await _bench.Tools.Services.GetRequiredService<ICache>().SetAsync(CacheKeys.ActiveReplay, "run-a", TimeSpan.FromMinutes(5), Ct);
        await _bench.Bus.PublishAsync(SampleSignals.At(seq, seq), Ct);
        await _bench.Watermarks.AdvanceAsync("run-a", ReplayStages.Execution, seq, Ct);
        await _bench.Watermarks.AdvanceAsync("run-a", ReplayStages.Pattern, seq, Ct);
        await DecisionAsync(seq);
    }

    private async Task<DecisionRow> DecisionAsync(long seq)
    {
        await _bench.UntilAsync(db => db.Decisions.AnyAsync(row => row.Seq == seq, Ct), $"decision {seq}");
        await using var db = _bench.NewContext();
        return await db.Decisions.SingleAsync(row => row.Seq == seq, Ct);
    }

    private async Task<(long Length, long Pending)> PendingAsync()
    {
        var stream = (await _bench.Tools.Services.GetRequiredService<IStreamAdmin>().DescribeAsync(Ct)).SingleOrDefault(static stream =>
            stream.Name == StreamNames.Signals
        );
        return stream?.Groups.SingleOrDefault(static group => group.Name == ConsumerGroups.Strategy) is { Lag: 0 } group
            ? (stream.Length, group.Pending)
            : (-1, -1);
    }

    private async Task SetAsync(FeatureFlag flag, bool enabled)
    {
        await using var db = _bench.NewContext();
        await db.FeatureFlags.Where(row => row.Name == flag.Name).ExecuteDeleteAsync(Ct);
        db.FeatureFlags.Add(
            new FeatureFlagRow
            {
                Name = flag.Name,
                Enabled = enabled,
                UpdatedAt = TimeProvider.System.GetUtcNow(),
            }
        );
        await db.SaveChangesAsync(Ct);
    }
}
