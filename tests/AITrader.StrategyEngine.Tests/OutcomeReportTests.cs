using System.Diagnostics.Metrics;
using AITrader.Inference.Client;
using AITrader.StrategyEngine.Diagnostics;
using AITrader.StrategyEngine.Forecasts;
using AITrader.StrategyEngine.Outcomes;
using AITrader.StrategyEngine.Tests.Support;
using AITrader.Trading.Decisions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.StrategyEngine.Tests;

/// <summary>What decisions leave for the runners, and how it gets there.</summary>
public sealed class OutcomeReportTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedReporter _reporter = new();
    private readonly StrategyMetrics _metrics;
    private readonly OutcomeCounts _counts;

    public OutcomeReportTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _counts = new OutcomeCounts(meters);
        _metrics = new StrategyMetrics(meters);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _counts.Dispose();
        _metrics.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task Reports_go_to_their_runners_in_batches()
    {
        var (desk, reports) = Create(new OutcomeOptions { BatchSize = 2 });
        Fill(desk, reports, "onnx-runner", 5);
        Fill(desk, reports, "tensorrt-runner", 1);

        await reports.SendAsync(Ct);
        await reports.SendAsync(Ct);

        Assert.Equal(
            ["onnx-runner 2", "onnx-runner 2", "onnx-runner 1", "tensorrt-runner 1"],
            _reporter.Reports.Select(static report => $"{report.Runner} {report.Outcomes.Count}")
        );
        Assert.Equal(("scored=6", 0, 0), ($"{_counts}", desk.Open, reports.Count));
    }

    [Fact]
    public async Task Runner_that_is_away_holds_up_no_other_one_and_gets_its_reports_when_it_is_back()
    {
        var isBack = false;
        _reporter.Answer = (runner, outcomes) =>
            Task.FromResult(runner == "onnx-runner" || isBack ? ScriptedReporter.Scored(outcomes) : new OutcomeReceipt.Unreachable("away"));
        var (desk, reports) = Create(new OutcomeOptions());
        Fill(desk, reports, "tensorrt-runner", 2);
        Fill(desk, reports, "onnx-runner", 3);

        await reports.SendAsync(Ct);
        Assert.Equal(("scored=3", 2, 2), ($"{_counts}", desk.Open, reports.Count));

        isBack = true;
        await reports.SendAsync(Ct);
        Assert.Equal(("scored=5", 0, 0), ($"{_counts}", desk.Open, reports.Count));
    }

    [Fact]
    public async Task What_a_runner_cannot_be_told_for_too_long_is_dropped_and_counted()
    {
        _reporter.Answer = static (_, _) => Task.FromResult<OutcomeReceipt>(new OutcomeReceipt.Unreachable("away"));
        var (desk, reports) = Create(new OutcomeOptions { RetryFor = TimeSpan.FromMinutes(1) });
        Fill(desk, reports, "onnx-runner", 2);
        await reports.SendAsync(Ct);
        _time.Advance(TimeSpan.FromSeconds(50));
        Fill(desk, reports, "onnx-runner", 1);
        _time.Advance(TimeSpan.FromSeconds(11));

        await reports.SendAsync(Ct);

        Assert.Equal(("unreachable=2", 1, 1), ($"{_counts}", desk.Open, reports.Count));
    }

    [Fact]
    public async Task What_a_runner_does_not_know_any_more_is_counted_apart_and_not_repeated()
    {
        _reporter.Answer = static (runner, outcomes) =>
            Task.FromResult<OutcomeReceipt>(
                runner == "onnx-runner"
                    ? new OutcomeReceipt.Taken([
                        .. outcomes.Select(
                            static (outcome, i) => new ForecastScore(outcome.Id, "1", 0, null, i == 0 ? "not remembered" : null)
                        ),
                    ])
                    : new OutcomeReceipt.Refused("answered 404: no such model")
            );
        var (desk, reports) = Create(new OutcomeOptions());
        Fill(desk, reports, "onnx-runner", 3);
        Fill(desk, reports, "tensorrt-runner", 2);

        await reports.SendAsync(Ct);
        await reports.SendAsync(Ct);

        Assert.Equal(("refused=3 scored=2", 0, 2), ($"{_counts}", desk.Open, _reporter.Reports.Count));
    }

    [Fact]
    public void No_more_are_followed_than_there_is_room_for()
    {
        var (desk, _) = Create(new OutcomeOptions { Capacity = 2 });
        for (var seq = 1; seq <= 5; seq++)
        {
            desk.Follow(SampleSignals.At(seq, seq), Step());
        }

        Assert.Equal(("full=3", 2), ($"{_counts}", desk.Open));
        Assert.Equal(2, desk.TakeFresh().Count());

        // Taken in is not done: their places are free again only when something came of them.
        desk.Follow(SampleSignals.At(6, 6), Step());
        desk.Close(OutcomeFates.NoTrades);
        desk.Follow(SampleSignals.At(7, 7), Step());
        Assert.Equal(("full=4 no_trades=1", 2), ($"{_counts}", desk.Open));
    }

    [Fact]
    public void Decisions_without_a_forecast_of_the_race_are_not_followed()
    {
        var (desk, _) = Create(new OutcomeOptions());
        var cached = new CachedForecast(1, 2, SampleSignals.Start, "nbeats", "1");
        var trace = ForecastTrace.Cached(cached, "late after 60 ms", TimeSpan.FromSeconds(3));
        desk.Follow(SampleSignals.At(1, 1), LadderStep.Off);
        desk.Follow(SampleSignals.At(2, 2), new LadderStep(new ForecastReading(2, 1, 0.5, "cached"), string.Empty, trace));
        Assert.Empty(desk.TakeFresh());

        var (none, _) = Create(new OutcomeOptions { Capacity = 0 });
        none.Follow(SampleSignals.At(3, 3), Step());
        Assert.Empty(none.TakeFresh());
        Assert.Equal(("", 0), ($"{_counts}", desk.Open));
    }

    // As deployed: a decision may leave a forecast, and pays nothing but the note itself.
    [Fact]
    public void Settings_beyond_their_ranges_are_refused()
    {
        var validator = new OutcomeOptionsValidator();
        Assert.True(validator.Validate(null, new OutcomeOptions()).Succeeded);
        Assert.True(validator.Validate(null, new OutcomeOptions { BatchSize = IOutcomeReporter.MaxOutcomes + 1 }).Failed);
        Assert.True(validator.Validate(null, new OutcomeOptions { Capacity = -1 }).Failed);
        Assert.True(validator.Validate(null, new OutcomeOptions { Interval = TimeSpan.Zero }).Failed);
    }

    private (OutcomeDesk Desk, OutcomeReports Reports) Create(OutcomeOptions options)
    {
        var desk = new OutcomeDesk(Options.Create(options), _metrics);
        return (desk, new OutcomeReports(_reporter, desk, Options.Create(options), _time, NullLogger<OutcomeReports>.Instance));
    }

    private static void Fill(OutcomeDesk desk, OutcomeReports reports, string runner, int count)
    {
        for (var seq = 1; seq <= count; seq++)
        {
            desk.Follow(SampleSignals.At(seq, seq), Step());
        }

        foreach (var forecast in desk.TakeFresh())
        {
            reports.Add(forecast with { Runner = runner }, [1, 2]);
        }
    }

    private static LadderStep Step()
    {
        var rising = (ForecastOutcome.Answered)ScriptedForecaster.Rising(new ForecastRequest([60_000]) { Model = "nbeats" });
        return new LadderStep(new ForecastReading(60_030, 60_000, 1, "nbeats"), string.Empty, ForecastTrace.Of(rising.Forecast));
    }
}
