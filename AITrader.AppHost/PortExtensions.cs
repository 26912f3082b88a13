using Microsoft.Extensions.Configuration;

namespace AITrader.AppHost;

/// <summary>Chooses the published ports: the documented ones or, for a second system on one machine, any that are free.</summary>
internal static class PortExtensions
{
    private const string FixedSetting = "Ports:Fixed";

    /// <summary>Removes the fixed ports where <c>Ports:Fixed</c> is false; called when all resources are added.</summary>
    public static void ChoosePorts(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode || builder.Configuration.GetValue(FixedSetting, true))
        {
            return;
        }

        // A resource without a proxy listens on the port itself, and has chosen one already.
        foreach (
            var endpoint in builder
                .Resources.SelectMany(static resource => resource.Annotations.OfType<EndpointAnnotation>())
                .Where(static endpoint => endpoint.IsProxied)
        )
        {
            endpoint.Port = null;
        }
    }
}
