using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AITrader.Hosting.Restarts;

/// <summary>Restarts resources that crash, as Kubernetes does in a cluster.</summary>
public static class RestartExtensions
{
    /// <summary>
    /// A crash of this resource is followed by a start, at once and then after growing delays; one that fails five times within a minute is
    /// left down.
    /// What somebody stops stays stopped. The count is the resource's property <c>aitrader.restarts</c> on the dashboard.
    /// </summary>
    public static IResourceBuilder<T> WithRestarts<T>(this IResourceBuilder<T> resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        var builder = resource.ApplicationBuilder;
        if (builder.ExecutionContext.IsPublishMode)
        {
            return resource;
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddEventingSubscriber<RestartSupervisor>();
        return resource.WithAnnotation(new RestartAnnotation(), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Also writes the restart counts into a hash in Redis, which the gateway's <c>/api/status</c> reads.</summary>
    public static IResourceBuilder<T> WithRestartReports<T>(this IResourceBuilder<T> redis)
        where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(redis);
        redis.ApplicationBuilder.Services.AddSingleton(services => new RestartReports(redis.Resource));
        return redis;
    }
}
