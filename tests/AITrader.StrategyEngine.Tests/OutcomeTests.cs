using System.Diagnostics.Metrics;
using System.Text.Json;
using AITrader.Contracts;
using AITrader.Domain.Prices;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Inference.Client;
using AITrader.Messaging;
using AITrader.Storage.Ticks;
using AITrader.StrategyEngine.Tests.Support;
using AITrader.TestSupport;
using AITrader.Trading.TestBench;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AITrader.StrategyEngine.Tests;

/// <summary>From a decision to what its forecast is worth.</summary>
public sealed class OutcomeTests : IAsyncLifetime
{
    private const string Source = "bench";

    private readonly ScriptedForecaster _forecaster = new();
    private readonly ScriptedReporter _reporter = new();
    private Bench _bench = null!;
    private int _stored;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await Bench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Runner_learns_what_came_true_of_the_forecast_that_a_decision_was_made_of()
    {
        await using var runner = await ServiceProcess.StartAsync(
            "AITrader.OnnxRunner",
            ("Inference:RequireToken", "false"),
            ("Inference:ModelPath", Path.Combine(SharedData.RepositoryRoot, "models"))
        );
        var host = await _bench.StartAsync(
            "strategy-engine",
            static builder => builder.AddStrategy(),
            ("Strategy:SentimentEngine", "http://127.0.0.1:9"),
            ("Forecast:GpuRunner", ""),
            ("Forecast:CpuRunner", runner.Client.BaseAddress!.ToString()),
            ("Forecast:Deadline", "00:00:30"),
            ("Outcomes:Interval", "00:00:00.050")
        );
        using var counts = new OutcomeCounts(host.Services.GetRequiredService<IMeterFactory>());
        var signal = Live(100) with
        {
            Features = Live(100).Features with { Window = [.. Enumerable.Range(0, 64).Select(static i => 60_000 + (i % 5 * 0.5))] },
        };

        var decision = await _bench.DecideAsync(signal);

        var forecast = JsonDocument.Parse(decision.Provenance).RootElement.GetProperty("forecast");
        Assert.Equal(("nbeats", "1"), (forecast.GetProperty("model").GetString(), forecast.GetProperty("version").GetString()));
        double[] values = [.. forecast.GetProperty("values").EnumerateArray().Select(static value => value.GetDouble())];
        Assert.Equal(8, values.Length);

        // The other way than forecast, all but the first: after as many trades of this symbol as were forecast, and no tick else.
        var start = signal.Features.Window[^1];
        var way = values[^1] > start ? -1m : 1m;
        await StoreAsync([
            Trade(signal, -1, 1),
            Trade(signal, 1, (decimal)start),
            Trade(signal, 2, 1m) with
            {
                Kind = TickKind.Quote,
                Volume = default,
            },
            Trade(signal, 3, 1m) with
            {
                Symbol = "ETHUSDT",
            },
            Trade(signal, 4, 1m) with
            {
                Source = "bench2",
            },
            .. Enumerable.Range(5, 6).Select(i => Trade(signal, i, (decimal)start + (way * i))),
        ]);
        await Task.Delay(500, Ct);
        Assert.Equal("", $"{counts}");
        await StoreAsync([Trade(signal, 11, (decimal)start + (way * 11)), Trade(signal, 12, 1)]);
        await Bench.UntilAsync(() => Task.FromResult(counts["scored"] == 1), "the score");

        double[] realised = [start, .. Enumerable.Range(5, 7).Select(i => start + ((double)way * i))];
        var outcomes = await OutcomesAsync(runner);
        Assert.Equal("scored=1", $"{counts}");
        Assert.Equal((1, 1), (outcomes.GetProperty("count").GetInt32(), outcomes.GetProperty("moves").GetInt32()));
        Assert.Equal(0, outcomes.GetProperty("direction_hits").GetDouble());
        Assert.Equal(
            values.Zip(realised, static (forecast, price) => Math.Abs(forecast - price)).Average(),
            outcomes.GetProperty("mean_absolute_error").GetDouble(),
            precision: 6
        );
    }

    // By number, as the pattern engine saw them: an event time that lies behind changes nothing, nor when it is looked, nor a restart.
    [Fact]
    public async Task Replays_of_the_same_ticks_tell_the_same_whatever_their_speed()
    {
        await StartAsync();
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (run, steps) in new[] { ("run-a", 1), ("run-b", 4) })
        {
            Signal[] signals = [SampleSignals.At(10, 10, run), SampleSignals.At(12, 12, run, pattern: "breakout")];
            Tick[] ticks =
            [
                .. Enumerable
                    .Range(9, 4)
                    .Select(seq => Trade(signals[0], seq - 10, 100 + seq) with { Timestamp = SampleSignals.Start.AddSeconds(seq) }),
                Trade(signals[0], 3, 113) with
                {
                    Timestamp = SampleSignals.Start.AddSeconds(12.5),
                },
                Trade(signals[0], 4, 114) with
                {
                    Timestamp = SampleSignals.Start.AddSeconds(11.9),
                },
                Trade(signals[0], 5, 115) with
                {
                    Timestamp = SampleSignals.Start.AddSeconds(12.4),
                },
            ];
            foreach (var signal in signals)
            {
                await _bench.DecideAsync(signal);
            }

            foreach (var chunk in ticks.Chunk((ticks.Length / steps) + 1))
            {
                await StoreAsync(chunk);
                await Task.Delay(100, Ct);
            }

            await Bench.UntilAsync(() => Task.FromResult(signals.All(signal => _reporter.Told.ContainsKey($"{signal.Id:D}"))), run);
            foreach (var signal in signals)
            {
                all[$"{run} {signal.Seq}"] = _reporter.Told[$"{signal.Id:D}"];
            }
        }

        Assert.Equal(("60000: 111 112", "60000: 113 114"), (all["run-a 10"], all["run-a 12"]));
        Assert.Equal((all["run-a 10"], all["run-a 12"]), (all["run-b 10"], all["run-b 12"]));
    }

    [Fact]
    public async Task Forecast_whose_trades_do_not_come_is_dropped_when_time_or_the_replay_is_over()
    {
        var host = await StartAsync(("Outcomes:Within", "00:00:10"));
        using var counts = new OutcomeCounts(host.Services.GetRequiredService<IMeterFactory>());
        var signal = SampleSignals.At(10, 10);
        await _bench.DecideAsync(signal);
        await StoreAsync([Trade(signal, 1, 101), Trade(signal, 2, 102) with { Timestamp = signal.Timestamp.AddSeconds(10.001) }]);
        await Bench.UntilAsync(() => Task.FromResult(counts["no_trades"] == 1), "the end of its time");

        await _bench.DecideAsync(SampleSignals.At(20, 40));
        await Task.Delay(300, Ct);
        Assert.Equal("no_trades=1", $"{counts}");
        await _bench.Tools.Services.GetRequiredService<ICache>().SetAsync(CacheKeys.ActiveReplay, "run-z", TimeSpan.FromMinutes(5), Ct);
        await Bench.UntilAsync(() => Task.FromResult(counts["no_trades"] == 2), "the end of its replay");
        Assert.Empty(_reporter.Reports);
    }

    [Fact]
    public async Task Decisions_wait_for_no_report()
    {
        var stuck = new TaskCompletionSource<OutcomeReceipt>();
        _reporter.Answer = (_, _) => stuck.Task;
        var host = await StartAsync(("Strategy:CoolDown", "00:00:00"));
        using var counts = new OutcomeCounts(host.Services.GetRequiredService<IMeterFactory>());
        var first = SampleSignals.At(10, 10);
        await _bench.DecideAsync(first);
        await StoreAsync([Trade(first, 1, 101), Trade(first, 2, 102)]);
        await Bench.UntilAsync(() => Task.FromResult(_reporter.Reports.Count == 1), "the report");

        for (var seq = 20; seq < 25; seq++)
        {
            await _bench.DecideAsync(SampleSignals.At(seq, seq));
        }

        Assert.Equal("", $"{counts}");
        stuck.SetResult(ScriptedReporter.Scored(_reporter.Reports[0].Outcomes));
        await Bench.UntilAsync(() => Task.FromResult(counts["scored"] == 1), "the score");
    }

    // One of the cache names who made it, as one of the race does.
    [Fact]
    public async Task Decision_of_a_cached_forecast_names_its_version_and_is_not_followed_again()
    {
        await StartAsync(("Strategy:CoolDown", "00:00:00"));
        var now = TimeProvider.System.GetUtcNow();
        await _bench.DecideAsync(SampleSignals.At(1, 0, run: "") with { Timestamp = now });
        _forecaster.Answer = static (_, _) => Task.FromResult(ScriptedForecaster.Late());

        var second = await _bench.DecideAsync(SampleSignals.At(2, 0, run: "") with { Timestamp = now.AddSeconds(3) });

        var forecast = JsonDocument.Parse(second.Provenance).RootElement.GetProperty("forecast");
        Assert.Equal(
            ("cache", "nbeats", "1"),
            (
                forecast.GetProperty("source").GetString(),
                forecast.GetProperty("model").GetString(),
                forecast.GetProperty("version").GetString()
            )
        );
    }

    private Task<IHost> StartAsync(params (string Key, string Value)[] settings) =>
        _bench.StartAsync(
            "strategy-engine",
            builder =>
            {
                builder.AddStrategy();
                builder.Services.RemoveAll<IForecaster>();
                builder.Services.AddSingleton<IForecaster>(_forecaster);
                builder.Services.RemoveAll<IOutcomeReporter>();
                builder.Services.AddSingleton<IOutcomeReporter>(_reporter);
            },
            [("Strategy:SentimentEngine", "http://127.0.0.1:9"), ("Outcomes:Interval", "00:00:00.050"), .. settings]
        );

    private static Signal Live(long seq) =>
        SampleSignals.At(seq, 0, run: "") with
        {
            TickId = $"{Source}:{seq}",
            Timestamp = new DateTimeOffset(TimeProvider.System.GetUtcNow().Ticks / 10_000_000 * 10_000_000, TimeSpan.Zero),
        };

    // So many ticks, and as many milliseconds, after the signal's.
    private static Tick Trade(Signal signal, int after, decimal price) =>
        new()
        {
            Symbol = signal.Symbol,
            Price = Price.Of(price),
            Volume = Quantity.Of(1),
            Timestamp = signal.Timestamp.AddMilliseconds(after),
            Kind = TickKind.Trade,
            Source = Source,
            Seq = signal.Seq + after,
            Run = signal.Run,
        };

    private Task<int> StoreAsync(IReadOnlyList<Tick> ticks) =>
        _bench.Tools.Services.GetRequiredService<ITickStore>().AppendAsync(ticks, "test", $"{++_stored}-0", Ct);

    private static async Task<JsonElement> OutcomesAsync(ServiceProcess runner)
    {
        var answer = await runner.Client.GetStringAsync(new Uri("/v2/models/nbeats/versions/1/stats", UriKind.Relative), Ct);
        return JsonDocument.Parse(answer).RootElement.GetProperty("model_stats")[0].GetProperty("outcomes");
    }
}
