using AITrader.Hosting.Home;

namespace AITrader.Cli.Hosting;

/// <summary>Makes the link to Aspire's dashboard, with the token that signs in there.</summary>
internal static class DashboardLink
{
    public static Uri? Of(HostRecord record) =>
        record switch
        {
            { Dashboard: null } => null,
            { DashboardToken: { Length: > 0 } token } => new Uri(record.Dashboard, $"/login?t={token}"),
            _ => record.Dashboard,
        };
}
