using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace AITrader.Inference.Hosting;

/// <summary>Configures the address on which a runner listens.</summary>
public static class RunnerAddress
{
    /// <summary>
    /// Listens on <c>{prefix}_HOST</c> (localhost) and <c>{prefix}_PORT</c>. An address that an orchestrator gives
    /// (ASPNETCORE_URLS, --urls) wins over them; ASPNETCORE_HTTP_PORTS, which container images preset, does not.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="prefix">Start of the settings' names, e.g. <c>ONNX_RUNNER</c>.</param>
    /// <param name="defaultPort">The port where none is set.</param>
    /// <exception cref="InvalidOperationException">The configured port is not a valid port number.</exception>
    public static WebApplicationBuilder ListenAsRunner(this WebApplicationBuilder builder, string prefix, int defaultPort)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var host = builder.Configuration[$"{prefix}_HOST"];
        var port = builder.Configuration[$"{prefix}_PORT"];
        var isPresetEnough =
            string.IsNullOrEmpty(host) && string.IsNullOrEmpty(port) && builder.Configuration["http_ports"] is { Length: > 0 };
        if (isPresetEnough || builder.Configuration["urls"] is { Length: > 0 })
        {
            return builder;
        }

        builder.WebHost.UseUrls(
            string.Create(
                CultureInfo.InvariantCulture,
                $"http://{(string.IsNullOrEmpty(host) ? "localhost" : host)}:{Parse($"{prefix}_PORT", port, defaultPort)}"
            )
        );
        return builder;
    }

    private static int Parse(string setting, string? text, int fallback)
    {
        if (string.IsNullOrEmpty(text))
        {
            return fallback;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : throw new InvalidOperationException($"{setting} is '{text}', not a port (1..65535)");
    }
}
