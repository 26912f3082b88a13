using AITrader.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AITrader.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    /// <summary>The pattern of the names of AITrader's own sources and meters.</summary>
    private const string OwnNames = "AITrader.*";

    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ResourceAttributes = "OTEL_RESOURCE_ATTRIBUTES";
    private const string TracesSampler = "OTEL_TRACES_SAMPLER";
    private const string TracesSamplerArgument = "OTEL_TRACES_SAMPLER_ARG";

    private static readonly PathString[] Probes = ["/health", "/ready", "/alive", "/metrics"];

    public static void AddTelemetry(this IHostApplicationBuilder builder, ServiceIdentity identity)
    {
        var exports = !string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpoint]);
        var telemetry = builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource =>
                resource.AddService(
                    identity.Resource,
                    serviceNamespace: "aitrader",
                    autoGenerateServiceInstanceId: !NamesInstance(builder.Configuration)
                )
            )
            .WithMetrics(static metrics =>
                metrics
                    .AddMeter(OwnNames)
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddPrometheusExporter()
            )
            .WithTracing(tracing =>
                tracing.AddProcessor<SpanScrub>().AddProcessor<CancelledCalls>().AddTraces(builder.Configuration, exports)
            );
        if (exports)
        {
            builder.Logging.AddOpenTelemetry(static logging =>
            {
                logging.IncludeFormattedMessage = true;
                logging.IncludeScopes = true;
                logging.AddProcessor(new LogScrub());
            });
            telemetry.UseOtlpExporter();
        }
    }

    public static void MapMetrics(this WebApplication app) =>
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous().DisableHttpMetrics().ShortCircuit();

    private static void AddTraces(this TracerProviderBuilder tracing, IConfiguration configuration, bool exports)
    {
        var sampler = configuration[TracesSampler];
        tracing
            .AddSource(OwnNames)
            .AddAspNetCoreInstrumentation(static web => web.Filter = static context => !IsProbe(context.Request.Path))
            .AddHttpClientInstrumentation(static client =>
                client.FilterHttpRequestMessage = static request => !IsProbe(request.RequestUri?.AbsolutePath)
            )
            // Without an exporter, spans only pass on their ids: recording them would be a waste.
            .SetSampler(
                !exports && string.IsNullOrWhiteSpace(sampler)
                    ? new AlwaysOffSampler()
                    : new WorkSampler(WorkSampler.RootsOf(sampler, configuration[TracesSamplerArgument]))
            );
    }

    // The AppHost names each instance; a second, made-up id would win over its own.
    private static bool NamesInstance(IConfiguration configuration) =>
        configuration[ResourceAttributes]?.Contains("service.instance.id=", StringComparison.Ordinal) == true;

    private static bool IsProbe(PathString path) => Array.Exists(Probes, probe => path.Equals(probe, StringComparison.OrdinalIgnoreCase));
}
