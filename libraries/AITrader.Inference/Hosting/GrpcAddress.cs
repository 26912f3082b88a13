using System.Globalization;
using AITrader.Inference.Execution;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Inference.Hosting;

/// <summary>Configures the port of the gRPC form.</summary>
/// <remarks>Without TLS no protocol is negotiated, so that one port speaks either HTTP/1.1 or HTTP/2: gRPC needs one of its own.</remarks>
public static class GrpcAddress
{
    /// <summary>Listens for gRPC where <see cref="InferenceOptions.GrpcPort"/> says, on the host of the first address that is
    /// configured. Called when the other addresses are.</summary>
    /// <exception cref="InvalidOperationException">The configured port is not a valid port number.</exception>
    public static WebApplicationBuilder ListenForGrpc(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var port = builder.Configuration.GetValue<int?>($"{InferenceOptions.Section}:{nameof(InferenceOptions.GrpcPort)}") ?? 0;
        if (port == 0)
        {
            return builder;
        }

        if (port is < 0 or > 65535)
        {
            throw new InvalidOperationException($"Inference:GrpcPort is {port}, not a port (1..65535), or 0 for none");
        }

        var addresses = Addresses(builder);
        builder.WebHost.UseUrls([.. addresses, string.Create(CultureInfo.InvariantCulture, $"http://{HostOf(addresses)}:{port}")]);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
            kestrel.ConfigureEndpointDefaults(endpoint =>
            {
                if (endpoint.IPEndPoint?.Port == port)
                {
                    endpoint.Protocols = HttpProtocols.Http2;
                }
            })
        );
        return builder;
    }

    // An address of our own would hide the ports that container images preset, so that they are written out.
    private static string[] Addresses(WebApplicationBuilder builder)
    {
        if (Split(builder.Configuration["urls"]) is { Length: > 0 } urls)
        {
            return urls;
        }

        return Split(builder.Configuration["http_ports"]) is { Length: > 0 } ports
            ? [.. ports.Select(static port => $"http://*:{port}")]
            : ["http://localhost:5000"];
    }

    private static string HostOf(string[] addresses) => BindingAddress.Parse(addresses[0]).Host;

    private static string[] Split(string? setting) =>
        setting?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
