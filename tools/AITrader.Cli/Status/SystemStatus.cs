using System.Text.Json;
using AITrader.Cli.Hosting;

namespace AITrader.Cli.Status;

/// <summary>The state of the whole system.</summary>
/// <param name="Pid">The host's process.</param>
/// <param name="Resources">Every resource that is not hidden.</param>
/// <param name="Usage">Of all processes together, the host's and the orchestrator's included.</param>
/// <param name="Links">Links to the web page and the dashboard.</param>
/// <param name="Gateway">What the gateway's <c>/api/status</c> says; null where it does not answer.</param>
/// <param name="GatewayProblem">Why the gateway does not answer; null where it does.</param>
internal sealed record SystemStatus(
    int Pid,
    IReadOnlyList<ResourceStatus> Resources,
    Usage Usage,
    Links Links,
    JsonElement? Gateway,
    string? GatewayProblem
)
{
    /// <summary>Whether the gateway answers and every resource is healthy or waits to be started by hand.</summary>
    public bool IsHealthy =>
        GatewayProblem is null && Resources.All(static resource => resource.Condition is Condition.Healthy or Condition.Waiting);
}
