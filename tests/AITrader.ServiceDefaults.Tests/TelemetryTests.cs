using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AITrader.ServiceDefaults.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Meters_of_the_project_appear_on_metrics()
    {
        using var meter = new Meter("AITrader.Somewhere");
        await using var probe = await Probe.StartAsync();
        meter.CreateCounter<long>("aitrader.orders").Add(3);
        var text = await probe.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Matches("(?m)^aitrader_orders_total\\{.*\\} 3", text);
    }

    [Fact]
    public async Task Requests_and_sources_of_the_project_are_traced_but_probes_are_not()
    {
        using var source = new ActivitySource("AITrader.Somewhere");
        var spans = new Spans();
        await using (var probe = await Probe.StartAsync(
            builder => builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(spans)),
            app => app.MapGet("/work", () => source.StartActivity("step")?.Dispose()),
            settings: ("OTEL_TRACES_SAMPLER", "always_on")))
        {
            foreach (var path in new[] { "/alive", "/ready", "/metrics", "/health", "/work" })
            {
                await probe.Client.GetStringAsync(path, TestContext.Current.CancellationToken);
            }
        }

        Assert.Contains("step", spans.Names);
        Assert.Contains("GET /work", spans.Names);
        Assert.DoesNotContain(spans.Names, static name => name.Contains("alive", StringComparison.Ordinal) || name.Contains("metrics", StringComparison.Ordinal)
            || name.Contains("ready", StringComparison.Ordinal) || name.Contains("health", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_exporter_spans_carry_ids_and_record_nothing()
    {
        using var source = new ActivitySource("AITrader.Unexported");
        await using var probe = await Probe.StartAsync();
        using var span = source.StartActivity("step", ActivityKind.Consumer, "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");
        Assert.False(span?.IsAllDataRequested ?? false);
    }

    private sealed class Spans : BaseProcessor<Activity>
    {
        private readonly List<string> _names = [];

        public IReadOnlyList<string> Names => _names;

        public override void OnEnd(Activity data)
        {
            lock (_names)
            {
                _names.Add(data.DisplayName);
            }
        }
    }
}
