using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Where a resource sends its telemetry.</summary>
public static class OtlpConfigurationExtensions
{
    /// <summary>Projects get these variables by themselves; a container has to ask for them.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment => builder.WithEnvironment(context =>
            Add(context.EnvironmentVariables, context.Resource.Name, context.ExecutionContext, builder.ApplicationBuilder.Configuration));

    internal static void Add(
        Dictionary<string, object> variables, string service, DistributedApplicationExecutionContext execution, IConfiguration configuration)
    {
        variables["OTEL_SERVICE_NAME"] = service;
        // There is no dashboard to report to; a collector is used if the AppHost names one.
        if (execution.IsRunMode
            && (configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ?? configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]) is { Length: > 0 } collector)
        {
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        }
    }
}
