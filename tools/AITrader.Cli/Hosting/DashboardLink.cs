using AITrader.Hosting.Home;

namespace AITrader.Cli.Hosting;

/// <summary>The dashboard's address with what signs in there.</summary>
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
