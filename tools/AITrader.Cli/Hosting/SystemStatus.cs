using System.Text.Json;

namespace AITrader.Cli.Hosting;

/// <summary>One resource: what the host says, what it says itself, and what it takes.</summary>
internal sealed record ResourceStatus(
    string Name,
    string Id,
    string Type,
    string State,
    Condition Condition,
    string Problem,
    int? Pid,
    int Restarts,
    IReadOnlyList<Uri> Urls,
    Usage Usage
);

/// <summary>Links for a browser; they sign in, so they are secrets.</summary>
/// <param name="Page">The page, with a sign-in that works once.</param>
/// <param name="Dashboard">Aspire's dashboard.</param>
internal sealed record Links(Uri? Page, Uri? Dashboard);

/// <summary>How everything is doing.</summary>
/// <param name="Pid">The host's process.</param>
/// <param name="Resources">Every resource that is not hidden.</param>
/// <param name="Usage">Of all processes together, the host's and the orchestrator's included.</param>
/// <param name="Links">Where to look.</param>
/// <param name="Gateway">What the gateway's <c>/api/status</c> says; null where it does not answer.</param>
/// <param name="GatewayProblem">Why it does not.</param>
internal sealed record SystemStatus(
    int Pid,
    IReadOnlyList<ResourceStatus> Resources,
    Usage Usage,
    Links Links,
    JsonElement? Gateway,
    string? GatewayProblem
)
{
    /// <summary>True where everything is as it should be.</summary>
    public bool IsHealthy =>
        GatewayProblem is null && Resources.All(static resource => resource.Condition is Condition.Healthy or Condition.Waiting);
}
