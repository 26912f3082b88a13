using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AITrader.Inference.Client;
using AITrader.Inference.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AITrader.Inference.Tests.Client;

public sealed class RaceMetricsTests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(object? Scope, string Name, double Value, string Tags)> _seen = [];

    public RaceMetricsTests()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name.StartsWith("aitrader.forecast.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Sampled_race_lets_the_loser_finish_and_measures_the_difference()
    {
        var release = new TaskCompletionSource();
        await using var slow = await StubRunner.AnsweringAfterAsync(release.Task, 8);
        await using var quick = await StubRunner.AnsweringAsync(10);
        using var host = Build(slow, quick);

        var outcome = await host
            .Services.GetRequiredService<IForecaster>()
            .ForecastAsync(new ForecastRequest([1, 2]), TestContext.Current.CancellationToken);

        Assert.Equal([10, 10], Assert.IsType<ForecastOutcome.Answered>(outcome).Forecast.Values);
        Assert.Empty(Seen(host, "aitrader.forecast.difference"));
        release.SetResult();
        await Eventually.HoldsAsync(() => Seen(host, "aitrader.forecast.difference").Length == 1, "the difference is measured");
        Assert.Equal(0.2, Seen(host, "aitrader.forecast.difference")[0].Value, precision: 9);
    }

    [Fact]
    public async Task Races_are_counted_by_winner_and_legs_by_fate()
    {
        await using var stalled = await StubRunner.StallingAsync();
        await using var quick = await StubRunner.AnsweringAsync(10);
        using var host = Build(stalled, quick, sampleEvery: 0);

        await host
            .Services.GetRequiredService<IForecaster>()
            .ForecastAsync(new ForecastRequest([1, 2]), TestContext.Current.CancellationToken);

        Assert.Equal("model=persistence outcome=answered winner=onnx-runner", Assert.Single(Seen(host, "aitrader.forecast.races")).Tags);
        Assert.Equal(
            ["fate=answered runner=onnx-runner", "fate=cancelled runner=tensorrt-runner"],
            Seen(host, "aitrader.forecast.legs").Select(static leg => leg.Tags).Order()
        );
        Assert.True(Assert.Single(Seen(host, "aitrader.forecast.duration")).Value > 0);
    }

    [Fact]
    public async Task Adaptive_delay_spares_the_second_runner_what_the_first_answers_in_time()
    {
        await using var quick = await StubRunner.AnsweringAsync(10);
        await using var second = await StubRunner.AnsweringAsync(10);
        using var host = Build(quick, second, sampleEvery: 0, ("Forecast:AdaptiveDelay", "true"), ("Forecast:MinDelay", "00:00:10"));
        var forecaster = host.Services.GetRequiredService<IForecaster>();
        var delay = host.Services.GetRequiredService<HedgeDelay>();
        await Eventually.HoldsAsync(
            async () =>
            {
                await forecaster.ForecastAsync(new ForecastRequest([1, 2]), TestContext.Current.CancellationToken);
                return delay.Next > TimeSpan.Zero;
            },
            "enough answers are there"
        );
        var (asked, saved) = (second.Requests, Seen(host, "aitrader.forecast.saved").Length);

        for (var i = 0; i < 25; i++)
        {
            await forecaster.ForecastAsync(new ForecastRequest([1, 2]), TestContext.Current.CancellationToken);
        }

        Assert.Equal(asked, second.Requests);
        Assert.Equal(saved + 25, Seen(host, "aitrader.forecast.saved").Length);
    }

    [Fact]
    public void Adaptive_delay_is_the_percentile_within_its_bounds()
    {
        var options = Options.Create(
            new ForecastClientOptions
            {
                AdaptiveDelay = true,
                MinDelay = TimeSpan.FromMilliseconds(2),
                Deadline = TimeSpan.FromMilliseconds(60),
            }
        );
        var runners = new Runners(options);
        var delay = new HedgeDelay(options, runners);
        for (var i = 1; i < 20; i++)
        {
            delay.Record("tensorrt-runner", TimeSpan.FromMilliseconds(i));
            delay.Record("onnx-runner", TimeSpan.FromMilliseconds(500));
            Assert.Equal(TimeSpan.Zero, delay.Next);
        }

        delay.Record("tensorrt-runner", TimeSpan.FromMilliseconds(20));
        Assert.Equal(19, delay.Next.TotalMilliseconds, precision: 6);
        Fill(1000);
        Assert.Equal(30, delay.Next.TotalMilliseconds, precision: 6);
        Fill(0.1);
        Assert.Equal(2, delay.Next.TotalMilliseconds, precision: 6);

        void Fill(double milliseconds)
        {
            for (var i = 0; i < 300; i++)
            {
                delay.Record("tensorrt-runner", TimeSpan.FromMilliseconds(milliseconds));
            }
        }
    }

    private static IHost Build(StubRunner gpu, StubRunner cpu, int sampleEvery = 1, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["services:tensorrt-runner:http:0"] = gpu.Address.AbsoluteUri,
                ["services:onnx-runner:http:0"] = cpu.Address.AbsoluteUri,
                ["Forecast:Deadline"] = "00:00:30",
                ["Forecast:AttemptTimeout"] = "00:00:30",
                ["Forecast:SampleEvery"] = $"{sampleEvery}",
            }
        );
        builder.Configuration.AddInMemoryCollection(
            settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))
        );
        builder.AddForecastClient();
        return builder.Build();
    }

    // Tests of other classes measure at the same time: the meter's scope is the host's own factory.
    private (object? Scope, string Name, double Value, string Tags)[] Seen(IHost host, string name)
    {
        var scope = host.Services.GetRequiredService<IMeterFactory>();
        return [.. _seen.Where(seen => ReferenceEquals(seen.Scope, scope) && seen.Name == name)];
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _seen.Enqueue(
            (
                instrument.Meter.Scope,
                instrument.Name,
                value,
                string.Join(' ', tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal))
            )
        );
}
