using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AITrader.ServiceDefaults.Health;

internal static class HealthExtensions
{
    public static void AddHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck("self", static () => HealthCheckResult.Healthy(), [HealthTags.Live]);
        builder
            .Services.AddOptions<HealthCheckServiceOptions>()
            .PostConfigure<IServiceScopeFactory, TimeProvider>(
                static (options, scopes, time) =>
                {
                    foreach (var check in options.Registrations)
                    {
                        Complete(check, scopes, time);
                    }
                }
            );
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapProbe("/health", static _ => true);
        app.MapProbe("/ready", static check => check.Tags.Contains(HealthTags.Ready));
        app.MapProbe("/alive", static check => check.Tags.Contains(HealthTags.Live));
    }

    // Client libraries register their checks without tags and without a deadline. What a service depends on decides whether it is ready.
    private static void Complete(HealthCheckRegistration check, IServiceScopeFactory scopes, TimeProvider time)
    {
        if (!check.Tags.Contains(HealthTags.Live))
        {
            check.Tags.Add(HealthTags.Ready);
        }

        var bounded = new BoundedCheck(check.Factory, scopes, time);
        check.Factory = _ => bounded;
    }

    // Short-circuited: no token, no rate limit and no metric of the service stands between a probe and its answer.
    private static void MapProbe(this WebApplication app, string path, Func<HealthCheckRegistration, bool> isAsked) =>
        app.MapHealthChecks(path, new HealthCheckOptions { Predicate = isAsked, ResponseWriter = HealthReportJson.WriteAsync })
            .AllowAnonymous()
            .DisableHttpMetrics()
            .ShortCircuit();
}
