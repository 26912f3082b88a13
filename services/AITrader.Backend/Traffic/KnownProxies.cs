using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Traffic;

/// <summary>Trusts X-Forwarded-For of the configured proxies only.</summary>
/// <remarks>
/// After all other configuration, because the framework's own switch (ASPNETCORE_FORWARDEDHEADERS_ENABLED, which Aspire sets when it
/// publishes) believes
/// everybody, as does a middleware with empty lists.
/// </remarks>
internal sealed class KnownProxies(IOptions<TrafficOptions> traffic) : IPostConfigureOptions<ForwardedHeadersOptions>
{
    public void PostConfigure(string? name, ForwardedHeadersOptions options)
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var text in traffic.Value.KnownProxies)
        {
            if (IPAddress.TryParse(text, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(text));
            }
        }

        options.ForwardLimit = traffic.Value.ProxyHops;
        options.ForwardedHeaders =
            traffic.Value.KnownProxies.Count == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
    }
}
