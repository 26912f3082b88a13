using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AITrader.ServiceDefaults.ServiceAuth;

/// <summary>Reports a service as degraded that has internal endpoints and no key, so that nobody can call them.</summary>
internal sealed class ServiceKeyCheck(IOptions<ServiceAuthOptions> options, EndpointDataSource endpoints) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            !string.IsNullOrEmpty(options.Value.Key) || !endpoints.Endpoints.Any(IsInternal)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded(
                    $"{ServiceAuthOptions.Section}:Key is not configured: internal endpoints answer 401 to everybody"
                )
        );

    private static bool IsInternal(Endpoint endpoint) =>
        endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(static rule => rule.Policy == ServiceTokenExtensions.Policy);
}
