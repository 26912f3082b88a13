using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Standins.Tests;

public sealed class TelemetryTests : IAsyncLifetime
{
    private const string Escaped = "a\"b\\c\nd";

    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly Meter _meter = new("standins.test", "1.2");
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("risk", serviceInstanceId: "i-1"))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(static options => options.Filter = static context => context.Request.Path != "/health")
                .AddHttpClientInstrumentation(static options =>
                    options.EnrichWithHttpRequestMessage = static (span, request) => span.SetTag("seen", request.Method.Method))
                .AddProcessor(new SimpleActivityExportProcessor(new Collector(_spans))))
            .WithMetrics(static metrics => metrics
                .AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()
                .AddMeter("standins.test", "standins.other")
                .AddPrometheusExporter(static options => options.ScrapeResponseCacheDurationMilliseconds = 0));
        _app = builder.Build();
        _app.MapGet("/orders/{id}", static (string id) => $"order {id}");
        _app.MapGet("/fail", IResult () => throw new InvalidOperationException("no"));
        _app.MapGet("/health", static () => "ok");
        _app.MapPrometheusScrapingEndpoint();
        _app.UseOpenTelemetryPrometheusScrapingEndpoint("/scrape");
        await _app.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _meter.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Server_and_client_spans_form_one_trace()
    {
        await _client.GetStringAsync("/orders/7?token=secret");
        await _client.GetStringAsync("/health");
        var server = await SpanAsync(static span => span.Kind == ActivityKind.Server && Tag(span, "http.route") == "/orders/{id}");
        var client = await SpanAsync(span => span.Kind == ActivityKind.Client && span.SpanId == server.ParentSpanId);

        Assert.Equal("GET /orders/{id}", server.DisplayName);
        Assert.Equal("/orders/7", Tag(server, "url.path"));
        Assert.Equal("?token=Redacted", Tag(server, "url.query"));
        Assert.Equal("200", Tag(server, "http.response.status_code"));
        Assert.Equal("1.1", Tag(server, "network.protocol.version"));
        Assert.Equal(server.TraceId, client.TraceId);
        Assert.Equal("GET", Tag(client, "seen"));
        Assert.Equal("200", Tag(client, "http.response.status_code"));
        Assert.DoesNotContain(_spans, span => span.Kind == ActivityKind.Server && Tag(span, "url.path") == "/health");
    }

    [Fact]
    public async Task Unhandled_exception_is_an_error()
    {
        using var response = await _client.GetAsync("/fail");
        var server = await SpanAsync(static span => span.Kind == ActivityKind.Server && Tag(span, "url.path") == "/fail");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(ActivityStatusCode.Error, server.Status);
        Assert.Equal("System.InvalidOperationException", Tag(server, "error.type"));
    }

    [Fact]
    public async Task Metrics_pass_promtool()
    {
        RecordOneOfEach();
        await _client.GetStringAsync("/orders/7");
        using var response = await _client.GetAsync("/metrics");
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/plain; charset=utf-8; version=0.0.4", response.Content.Headers.ContentType!.ToString());
        const string Scope = "otel_scope_name=\"standins.test\",otel_scope_version=\"1.2\"";
        Assert.Contains($"orders_placed_total{{{Scope},book_name=\"a\\\"b\\\\c\\nd\"}} 3\n", text, StringComparison.Ordinal);
        Assert.Contains($"order_latency_seconds_bucket{{{Scope},le=\"5\"}} 1\n", text, StringComparison.Ordinal);
        Assert.Contains($"order_latency_seconds_bucket{{{Scope},le=\"+Inf\"}} 2\n", text, StringComparison.Ordinal);
        Assert.Contains($"order_latency_seconds_sum{{{Scope}}} 7.5\n", text, StringComparison.Ordinal);
        Assert.Contains($"order_latency_seconds_count{{{Scope}}} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE orders_open gauge\n", text, StringComparison.Ordinal);
        Assert.Contains($"fill_ratio{{{Scope}}} 0.25\n", text, StringComparison.Ordinal);
        Assert.Contains($"feed_rate_bytes_per_second{{{Scope}}} NaN\n", text, StringComparison.Ordinal);
        Assert.Contains("target_info{", text, StringComparison.Ordinal);
        Assert.Contains("service_name=\"risk\"", text, StringComparison.Ordinal);
        foreach (var name in (string[])["http_server_request_duration_seconds_count", "http_client_open_connections", "dotnet_gc_collections_total", "kestrel_active_connections"])
        {
            Assert.Contains(name, text, StringComparison.Ordinal);
        }

        // Exit code 1 is text that does not parse. 3 is advice on style, which the runtime's own names do not heed.
        var (exitCode, findings) = await PromtoolAsync(text);
        Assert.True(exitCode is 0 or 3, findings);
        Assert.DoesNotContain(
            findings.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            static line => !line.StartsWith("dotnet_", StringComparison.Ordinal) || !line.EndsWith("\"_count\" suffix", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Name_in_two_meters_is_one_block()
    {
        using var other = new Meter("standins.other");
        _meter.CreateCounter<long>("shared", description: "one").Add(1);
        other.CreateCounter<long>("shared", description: "two").Add(2);
        var lines = (await _client.GetStringAsync("/metrics")).Split('\n');
        Assert.Single(lines, static line => line == "# TYPE shared_total counter");
        Assert.Equal(2, lines.Count(static line => line.StartsWith("shared_total{", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Middleware_answers_too()
    {
        RecordOneOfEach();
        Assert.Contains("orders_placed_total{", await _client.GetStringAsync("/scrape"), StringComparison.Ordinal);
        using var response = await _client.PostAsync("/metrics", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Scrapers_at_once_all_get_whole_answers()
    {
        RecordOneOfEach();
        var texts = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _client.GetStringAsync("/metrics")));
        Assert.All(texts, static text =>
        {
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
            Assert.Contains("orders_placed_total{", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Otlp_exporter_composes_with_the_builder()
    {
        await using var collector = await Leg.StartAsync("otlp", TimeSpan.Zero);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenTelemetry()
            .WithTracing(static tracing => tracing.AddSource("composed"))
            .WithLogging()
            .UseOtlpExporter(OpenTelemetry.Exporter.OtlpExportProtocol.HttpProtobuf, collector.Uri);
        await using (var app = builder.Build())
        {
            await app.StartAsync();
            using var source = new ActivitySource("composed");
            source.StartActivity("work")!.Dispose();
            await app.StopAsync();
        }

        Assert.True(collector.Hits > 0);
    }

    private void RecordOneOfEach()
    {
        _meter.CreateCounter<long>("orders.placed", "{order}", "Orders").Add(3, new KeyValuePair<string, object?>("book.name", Escaped));
        var latency = _meter.CreateHistogram<double>("order.latency", "s", "Latency");
        latency.Record(0.5);
        latency.Record(7);
        _meter.CreateUpDownCounter<long>("orders.open", "{order}", "Open").Add(-2);
        _meter.CreateObservableGauge("fill", static () => 0.25, "1", "Fills");
        _meter.CreateObservableGauge("feed.rate", static () => double.NaN, "By/s", "Feed");
    }

    private async Task<Activity> SpanAsync(Func<Activity, bool> isWanted)
    {
        // The server's span ends after the client has its answer.
        for (var i = 0; i < 100; i++)
        {
            if (_spans.FirstOrDefault(isWanted) is { } span)
            {
                return span;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"No such span among: {string.Join(", ", _spans.Select(static span => span.DisplayName))}");
    }

    private static string? Tag(Activity span, string key) =>
        Convert.ToString(span.GetTagItem(key), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<(int ExitCode, string Findings)> PromtoolAsync(string text)
    {
        var start = new ProcessStartInfo("promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();
        var findings = await process.StandardError.ReadToEndAsync() + await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, findings);
    }

    private sealed class Collector(ConcurrentQueue<Activity> spans) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
            {
                spans.Enqueue(span);
            }

            return ExportResult.Success;
        }
    }
}
