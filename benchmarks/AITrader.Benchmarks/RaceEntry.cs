using System.Diagnostics;
using AITrader.Inference.Client;
using AITrader.Signals.Engine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AITrader.Benchmarks;

/// <summary>The forecast client as the strategy engine has it, with runners and settings of one way to ask.</summary>
internal sealed class RaceEntry : IDisposable
{
    private readonly IHost _host;
    private readonly IForecaster _forecaster;
    private int _asked;
    private int _pairs;

    private RaceEntry(IHost host) => (_host, _forecaster) = (host, host.Services.GetRequiredService<IForecaster>());

    /// <summary>From the call to the parsed forecast.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Medians of the rounds, in seconds.</summary>
    public List<double> Medians { get; } = [];

    /// <summary>Time that the runners were on cores.</summary>
    public TimeSpan CoreTime { get; private set; }

    /// <summary>Share of the forecasts for which a second runner was asked.</summary>
    public double Pairs => (double)_pairs / _asked;

    public double Millis(double percent) => Latency.PercentileNanos(percent) / 1e6;

    /// <summary>Core time of both runners for one forecast.</summary>
    public double CoreMicros => CoreTime.TotalMicroseconds / _asked;

    /// <param name="first">The first leg; null for none.</param>
    /// <param name="second">The other one; null for none.</param>
    /// <param name="settings">Settings of section <c>Forecast</c> beside these.</param>
    public static RaceEntry Create(Uri? first, Uri? second, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Forecast:GpuRunner"] = first?.ToString() ?? string.Empty,
                ["Forecast:CpuRunner"] = second?.ToString() ?? string.Empty,

                // What is late has to be measured, not given up.
                ["Forecast:Deadline"] = "00:00:05",
            }
        );
        builder.Configuration.AddInMemoryCollection(
            settings.Select(static setting => KeyValuePair.Create($"Forecast:{setting.Key}", (string?)setting.Value))
        );
        builder.Logging.ClearProviders();
        builder.AddForecastClient();
        return new RaceEntry(builder.Build());
    }

    /// <summary>One forecast.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task<Forecast> AskAsync(ForecastRequest request, CancellationToken ct)
    {
        var outcome = await _forecaster.ForecastAsync(request, ct);
        return outcome is ForecastOutcome.Answered answered
            ? answered.Forecast
            : throw new InvalidOperationException($"a forecast that was to be timed did not come: {outcome}");
    }

    /// <summary>A slice of forecasts, one after the other; returns their median in seconds.</summary>
    public async Task<double> RunAsync(ForecastRequest request, int count, RunnerLegs legs, CancellationToken ct)
    {
        var slice = new LatencyHistogram();
        var before = legs.CoreTime();
        for (var i = 0; i < count; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            var forecast = await AskAsync(request, ct);
            slice.Record((long)Stopwatch.GetElapsedTime(begin).TotalNanoseconds);
            _pairs += forecast.Provenance.Loser is null ? 0 : 1;
        }

        _asked += count;
        CoreTime += legs.CoreTime() - before;
        Latency.Add(slice);
        var median = slice.PercentileNanos(50) / 1e9;
        Medians.Add(median);
        return median;
    }

    /// <summary>Forgets what was measured to warm up.</summary>
    public void Clear()
    {
        Latency.Clear();
        Medians.Clear();
        (_asked, _pairs, CoreTime) = (0, 0, TimeSpan.Zero);
    }

    public void Dispose() => _host.Dispose();
}
