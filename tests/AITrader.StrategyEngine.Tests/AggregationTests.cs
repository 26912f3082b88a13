using System.Text.Json;
using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Inference.Client;
using AITrader.Messaging;
using AITrader.Storage.Rows;
using AITrader.StrategyEngine.Tests.Support;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AITrader.StrategyEngine.Tests;

/// <summary>What a decision takes from the signals before it and from sentiment readings.</summary>
public sealed class AggregationTests : IAsyncLifetime
{
    private readonly ScriptedForecaster _forecaster = new();
    private Bench _bench = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await Bench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_repeated_signal_is_held_for_its_reason_and_costs_no_forecast_also_after_a_restart()
    {
        var engine = await StartAsync();
        await _bench.DecideAsync(SampleSignals.At(10, 1));
        await _bench.DecideAsync(SampleSignals.At(11, 1.5));
        await _bench.StopAsync(engine);
        await StartAsync();
        await _bench.DecideAsync(SampleSignals.At(12, 1.9));
        await _bench.DecideAsync(SampleSignals.At(13, 2));

        var decisions = await DecisionsAsync();
        Assert.Equal(
            [
                "SCORE_REACHED score=0.4825 threshold=0.3",
                "REPEATED_SIGNAL at=2024-08-08T12:00:01.000000Z window=1000ms",
                "REPEATED_SIGNAL at=2024-08-08T12:00:01.000000Z window=1000ms",
                "COOL_DOWN until=2024-08-08T12:00:06.000000Z",
            ],
            decisions.Select(static row => row.Reason)
        );
        Assert.Equal(2, _forecaster.Calls);
    }

    [Fact]
    public async Task Other_patterns_of_the_symbol_and_run_agree_or_contradict()
    {
        await StartAsync(("Strategy:CoolDown", "00:00:00"));
        await _bench.DecideAsync(SampleSignals.At(10, 0, pattern: "breakout", score: 0.9));
        await _bench.DecideAsync(SampleSignals.At(11, 15));
        await _bench.DecideAsync(SampleSignals.At(12, 30, pattern: "vwap_deviation", isBullish: false));

        var decisions = await DecisionsAsync();

        // 0.9 x 1/2 / 1.5; at 30 s the first is out of the window, and 0.8 x 1/2 / 1.5 of the second is left.
        Assert.Equal([0m, 0.3m, 0.266666667m], decisions.Select(static row => ValueOf(row, "confluence")));
        Assert.All(decisions, static row => Assert.Equal(0, DifferencesOf(row)));
    }

    [Fact]
    public async Task The_newest_reading_of_the_symbol_that_is_not_newer_than_the_signal_counts_by_confidence_and_authenticity()
    {
        await PublishAsync(
            Reading(-60, 0.9),
            Reading(-10, 0.5),
            Reading(5, -1),
            Reading(-5, -1) with
            {
                Symbol = "ETHUSD_PERP",
            },
            Reading(-5, 3)
        );
        await StartAsync(("Strategy:CoolDown", "00:00:00"));
        await StoredAsync(4);
        await _bench.DecideAsync(SampleSignals.At(10, 1));
        await _bench.DecideAsync(SampleSignals.At(11, 5, pattern: "breakout"));
        await _bench.DecideAsync(SampleSignals.At(12, (15 * 60) + 5.5, pattern: "vwap_deviation"));

        var decisions = await DecisionsAsync();
        Assert.Equal([0.2m, -0.4m, 0m], decisions.Select(static row => ValueOf(row, "sentiment")));
        Assert.Equal("score=0.5 confidence=0.8 authenticity=0.5 age=11s", NoteOf(decisions[0], "sentiment"));
        Assert.Equal("absent: sentiment-engine is not reachable", NoteOf(decisions[2], "sentiment"));
        Assert.All(decisions, static row => Assert.Equal(0, DifferencesOf(row)));

        // What is no reading can be looked at.
        await Bench.UntilAsync(
            async () =>
                (await _bench.Tools.Services.GetRequiredService<IStreamAdmin>().DescribeAsync(Ct)).Any(static stream =>
                    stream.Name == StreamNames.Dead(StreamNames.Sentiment) && stream.Length == 1
                ),
            "the dead letter"
        );
    }

    [Fact]
    public async Task A_replay_sees_the_readings_that_were_there_when_it_began_also_in_an_engine_that_is_started_again()
    {
        await PublishAsync(Reading(-10, 0.5));
        var engine = await StartAsync(("Strategy:CoolDown", "00:00:00"));
        await StoredAsync(1);
        await _bench.DecideAsync(SampleSignals.At(10, 1));
        await PublishAsync(Reading(-1, -1));
        await StoredAsync(2);
        await _bench.DecideAsync(SampleSignals.At(11, 2, pattern: "breakout"));
        await _bench.StopAsync(engine);
        await StartAsync(("Strategy:CoolDown", "00:00:00"));
        await _bench.DecideAsync(SampleSignals.At(12, 3, pattern: "vwap_deviation"));
        await _bench.DecideAsync(SampleSignals.At(1, 3, run: "run-b"));

        Assert.Equal([0.2m, 0.2m, 0.2m, -0.4m], (await DecisionsAsync()).Select(static row => ValueOf(row, "sentiment")));
    }

    private static SentimentReading Reading(double seconds, double score) =>
        new()
        {
            Symbol = SampleSignals.Symbol,
            Score = score,
            Confidence = 0.8,
            Authenticity = 0.5,
            Sources = "news",
            Window = TimeSpan.FromMinutes(5),
            Timestamp = SampleSignals.Start.AddSeconds(seconds),
        };

    private static JsonElement FactorOf(DecisionRow row, string name) =>
        JsonDocument.Parse(row.Factors).RootElement.EnumerateArray().Single(factor => factor.GetProperty("name").GetString() == name);

    private static decimal ValueOf(DecisionRow row, string name) => FactorOf(row, name).GetProperty("value").GetDecimal();

    private static string? NoteOf(DecisionRow row, string name) => FactorOf(row, name).GetProperty("note").GetString();

    private static int DifferencesOf(DecisionRow row) => StoredDecision.Recompute(row).Differences.Count;

    private async Task PublishAsync(params SentimentReading[] readings) => await _bench.Bus.PublishAsync<SentimentReading>(readings, Ct);

    private Task StoredAsync(int count) =>
        _bench.UntilAsync(async db => await db.SentimentReadings.CountAsync(Ct) == count, $"{count} readings");

    private async Task<List<DecisionRow>> DecisionsAsync()
    {
        await using var db = _bench.NewContext();
        return await db.Decisions.OrderBy(static row => row.DecidedAt).ToListAsync(Ct);
    }

    private Task<IHost> StartAsync(params (string Key, string Value)[] settings) =>
        _bench.StartAsync(
            "strategy-engine",
            builder =>
            {
                builder.AddStrategy();
                builder.Services.RemoveAll<IForecaster>();
                builder.Services.AddSingleton<IForecaster>(_forecaster);
            },
            [("Strategy:SentimentEngine", "http://127.0.0.1:9"), .. settings]
        );
}
