using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AITrader.ServiceDefaults.Tests;

/// <summary>Traces, metrics and logs that every service gives.</summary>
/// <remarks>Alone: a process has one set of listeners, which would see the requests of other tests too.</remarks>
[CollectionDefinition(DisableParallelization = true)]
[Collection<TelemetryTests>]
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
        await using (
            var probe = await Probe.StartAsync(
                builder => builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(spans)),
                app => app.MapGet("/work", () => source.StartActivity("step")?.Dispose()),
                settings: ("OTEL_TRACES_SAMPLER", "always_on")
            )
        )
        {
            foreach (var path in new[] { "/alive", "/ready", "/metrics", "/health", "/work" })
            {
                await probe.Client.GetStringAsync(path, TestContext.Current.CancellationToken);
            }
        }

        Assert.Contains("step", spans.Names);
        Assert.Contains("GET /work", spans.Names);
        Assert.DoesNotContain(spans.Names, static name =>
            name.Contains("alive", StringComparison.Ordinal)
            || name.Contains("metrics", StringComparison.Ordinal)
            || name.Contains("ready", StringComparison.Ordinal)
            || name.Contains("health", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_a_service_does_by_itself_begins_no_trace_wherever_it_calls()
    {
        using var source = new ActivitySource("AITrader.Somewhere");
        var spans = new Spans();
        await using (
            var probe = await Probe.StartAsync(
                builder =>
                {
                    builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(spans));
                    builder
                        .Services.AddHealthChecks()
                        .AddCheck("store", () =>
                        {
                            source.StartActivity("PING", ActivityKind.Client)?.Dispose();
                            return HealthCheckResult.Healthy();
                        });
                },
                app =>
                    app.MapGet("/work/{caller}", (string caller) =>
                        source.StartActivity($"query of {caller}", ActivityKind.Client)?.Dispose()
                    ),
                settings: ("OTEL_TRACES_SAMPLER", "always_on")
            )
        )
        {
            using var client = probe.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
            client.BaseAddress = probe.Client.BaseAddress;

            // A loop's own calls: to a store, to another service, to another service's probe.
            source.StartActivity("XREADGROUP", ActivityKind.Client)?.Dispose();
            await client.GetStringAsync("/work/loop", TestContext.Current.CancellationToken);
            await client.GetStringAsync("/ready", TestContext.Current.CancellationToken);
            using (source.StartActivity("consume jobs", ActivityKind.Consumer))
            {
                await client.GetStringAsync("/work/message", TestContext.Current.CancellationToken);
                await client.GetStringAsync("/ready", TestContext.Current.CancellationToken);
            }
        }

        // What a message led to is one trace: the call, its other end, and what that called.
        Assert.Equal(["GET", "GET /work/{caller}", "consume jobs", "query of message"], spans.Names.Order(StringComparer.Ordinal));
        Assert.Single(spans.Traces.Distinct());
    }

    [Fact]
    public async Task A_call_that_is_called_off_is_no_error_and_one_that_fails_is()
    {
        using var source = new ActivitySource("AITrader.Somewhere");
        var spans = new Spans();
        await using (
            var probe = await Probe.StartAsync(
                builder => builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(spans)),
                app => app.MapGet("/slow", static (HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted)),
                settings: ("OTEL_TRACES_SAMPLER", "always_on")
            )
        )
        {
            using var client = probe.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
            client.BaseAddress = probe.Client.BaseAddress;
            using var race = source.StartActivity("race", ActivityKind.Consumer);
            using var won = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync("/slow", won.Token));
            await Assert.ThrowsAsync<HttpRequestException>(() =>
                client.GetAsync("http://127.0.0.1:1/", TestContext.Current.CancellationToken)
            );
        }

        var calls = spans.Ended.Where(static span => span.Kind == ActivityKind.Client).ToList();
        Assert.Contains(calls, static span =>
            span.Status == ActivityStatusCode.Unset
            && span.GetTagItem("aitrader.called_off") is true
            && span.GetTagItem("error.type") is null
        );
        Assert.Contains(calls, static span => span.Status == ActivityStatusCode.Error && span.GetTagItem("error.type") is not null);
        Assert.DoesNotContain(calls, static span =>
            span.Status == ActivityStatusCode.Error
            && span.GetTagItem("url.full") is string url
            && url.EndsWith("/slow", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("always_off", null, 0)]
    [InlineData("parentbased_traceidratio", "0", 0)]
    [InlineData("traceidratio", "1", 1)]
    [InlineData("parentbased_always_on", null, 1)]
    public async Task An_operator_may_record_less(string sampler, string? argument, int expected)
    {
        using var source = new ActivitySource("AITrader.Somewhere");
        var spans = new Spans();
        await using (
            await Probe.StartAsync(
                builder => builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(spans)),
                settings: [("OTEL_TRACES_SAMPLER", sampler), ("OTEL_TRACES_SAMPLER_ARG", argument ?? string.Empty)]
            )
        )
        {
            source.StartActivity("step")?.Dispose();
        }

        Assert.Equal(expected, spans.Names.Count);
    }

    [Fact]
    public async Task Without_an_exporter_spans_carry_ids_and_record_nothing()
    {
        using var source = new ActivitySource("AITrader.Unexported");
        await using var probe = await Probe.StartAsync();
        using var span = source.StartActivity("step", ActivityKind.Consumer, "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");
        Assert.False(span?.IsAllDataRequested ?? false);
    }

    [Fact]
    public async Task Traces_metrics_and_logs_go_to_the_configured_collector()
    {
        var received = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await using var collector = await CollectorAsync(received);
        var probe = await Probe.StartAsync(
            map: static app => app.MapGet("/work", static (ILogger<TelemetryTests> logger) => logger.LogInformation("worked")),
            settings:
            [
                ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Client.BaseAddress!.ToString()),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ("OTEL_SERVICE_NAME", "probe-7"),
            ]
        );
        await probe.Client.GetStringAsync("/work", TestContext.Current.CancellationToken);

        // Stopping flushes.
        await probe.DisposeAsync();
        Assert.Contains("GET /work", received["traces"], StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", received["metrics"], StringComparison.Ordinal);
        Assert.Contains("worked", received["logs"], StringComparison.Ordinal);
        Assert.All(received.Values, static text => Assert.Contains("probe-7", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_secret_goes_to_the_collector()
    {
        const string Secret = "hunter2-of-the-collector";
        using var source = new ActivitySource("AITrader.Secrets");
        var received = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await using var collector = await CollectorAsync(received);
        var probe = await Probe.StartAsync(map: app => app.MapGet("/work", (ILogger<TelemetryTests> logger) =>
                {
                    using var span = source.StartActivity("step");
                    span?.SetTag("url.full", $"wss://kite/?access_token={Secret}")
                        .SetTag("db.query.text", $"x='{Secret}'")
                        .SetTag("password", Secret);
                    span?.SetStatus(ActivityStatusCode.Error, $"Bearer {Secret} was refused");
#pragma warning disable CA2254 // A template that holds a secret is what this is about.
                    logger.LogWarning($"api_key={Secret}");
#pragma warning restore CA2254
                    logger.LogError(
                        new InvalidOperationException($"Password={Secret};Host=x"),
                        "{Password} {Address} {Many} {Count}",
                        Secret,
                        new Uri($"http://a/#sign-in={Secret}"),
                        new[] { Secret },
                        7
                    );
                }), settings: [("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Client.BaseAddress!.ToString()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true"), ("Kite:ApiSecret", Secret)]);
        await probe.Client.GetStringAsync($"/work?access_token={Secret}", TestContext.Current.CancellationToken);

        await probe.DisposeAsync();
        Assert.Contains("was refused", received["traces"], StringComparison.Ordinal);
        Assert.Contains("access_token=***", received["traces"], StringComparison.Ordinal);
        Assert.Contains("api_key=***", received["logs"], StringComparison.Ordinal);
        Assert.Contains("exception.stacktrace", received["logs"], StringComparison.Ordinal);
        Assert.All(received.Values, static text => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal));
    }

    private static Task<Probe> CollectorAsync(ConcurrentDictionary<string, string> received) =>
        Probe.StartAsync(map: app => app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body, TestContext.Current.CancellationToken);
                var text = Encoding.UTF8.GetString(body.ToArray());
                received.AddOrUpdate(signal, text, (_, before) => before + text);
            }));

    private sealed class Spans : BaseProcessor<Activity>
    {
        private readonly ConcurrentQueue<Activity> _ended = [];

        public IEnumerable<Activity> Ended => _ended;

        public IReadOnlyList<string> Names => [.. _ended.Select(static span => span.DisplayName)];

        public IEnumerable<ActivityTraceId> Traces => _ended.Select(static span => span.TraceId);

        public override void OnEnd(Activity data) => _ended.Enqueue(data);
    }
}
