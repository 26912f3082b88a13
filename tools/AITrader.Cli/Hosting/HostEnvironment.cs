using AITrader.Cli.Network;

namespace AITrader.Cli.Hosting;

/// <summary>The environment variables of the host; those that the user has set keep their values.</summary>
internal static class HostEnvironment
{
    private static readonly Dictionary<string, string> Always = new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_GCConserveMemory"] = "5",
        ["ASPIRE_VERSION_CHECK_DISABLED"] = "true",
        // `./aitrader` prints the link with the token; it must not get into a log.
        ["ASPIRE_DASHBOARD_SUPPRESS_BROWSER_TOKEN_IN_OUTPUT"] = "true",
        ["AppHost__SuppressDashboardLoginUrlInStartupSummary"] = "true",
    };

    // The ports of the AppHost's launch profiles.
    private static readonly Dictionary<string, string> Secured = new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_URLS"] = "https://localhost:17150",
        ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "https://localhost:21150",
        ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = "https://localhost:22150",
    };

    private static readonly Dictionary<string, string> Unsecured = new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_URLS"] = "http://localhost:15150",
        ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:19150",
        ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = "http://localhost:20150",
        ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
    };

    public static IEnumerable<KeyValuePair<string, string>> Of(bool hasCertificate) => Always.Concat(hasCertificate ? Secured : Unsecured);

    /// <summary>The environment variables with the dashboard on ports that are free.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OnFreePorts(bool hasCertificate) =>
        Of(hasCertificate)
            .Select(static variable =>
                Uri.TryCreate(variable.Value, UriKind.Absolute, out var address)
                    ? KeyValuePair.Create(variable.Key, $"{address.Scheme}://{address.Host}:{FreePort.Find()}")
                    : variable
            );

    /// <summary>The fixed ports of the dashboard, by whether there is a certificate.</summary>
    public static IEnumerable<int> PortsOf(bool hasCertificate) =>
        (hasCertificate ? Secured : Unsecured)
            .Values.Where(static value => value.StartsWith("http", StringComparison.Ordinal))
            .Select(static value => new Uri(value).Port);
}
