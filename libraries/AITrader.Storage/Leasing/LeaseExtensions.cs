using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AITrader.Storage.Leasing;

/// <summary>Lets one process at a time do the work of a service.</summary>
public static class LeaseExtensions
{
    /// <summary>
    /// Adds <see cref="LeaseKeeper"/> for a name, and the check <c>lease</c>. To be called before the services that work under it: hosts
    /// stop in the
    /// opposite order, so the lease is given back after the work has ended.
    /// </summary>
    public static IHostApplicationBuilder AddLease(this IHostApplicationBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<LeaseOptions>().BindConfiguration(LeaseOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<LeaseKeeper>(services, name));
        builder.Services.AddHostedService(static services => services.GetRequiredService<LeaseKeeper>());
        builder
            .Services.AddHealthChecks()
            .Add(
                new HealthCheckRegistration(
                    "lease",
                    static services => services.GetRequiredService<LeaseKeeper>(),
                    failureStatus: null,
                    tags: null
                )
            );
        return builder;
    }
}
