using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Processes;

/// <summary>Watches a start to its end: everything is up, or something is not and says why.</summary>
/// <remarks>
/// A start that cannot succeed ends the host with exit code 1 (<c>Local:ExitOnFailure=false</c> keeps it); once everything was up, a resource that ends is only
/// reported.
/// </remarks>
internal sealed class StartupReport(
    ResourceNotificationService notifications, ResourceLogs logs, ConsoleBoard board, IHostApplicationLifetime lifetime,
    IConfiguration configuration, ApplicationName application)
{
    public bool IsReady { get; private set; }

    public string? Failure { get; private set; }

    public async Task WatchAsync(IEnumerable<string> resourceIds, bool mayExit, CancellationToken cancellationToken)
    {
        var expected = resourceIds.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var open = expected.ToHashSet(StringComparer.OrdinalIgnoreCase);
        await foreach (var change in notifications.WatchAsync(cancellationToken))
        {
            if (!expected.Contains(change.ResourceId))
            {
                continue;
            }

            if (HasFailed(change.Snapshot))
            {
                Fail(change, mayExit && configuration.GetValue("Local:ExitOnFailure", true));
                return;
            }

            if (IsUp(change.Snapshot) && open.Remove(change.ResourceId) && open.Count == 0)
            {
                IsReady = true;
                board.Ready(application.Name, notifications.Latest());
                return;
            }
        }
    }

    private static bool IsUp(CustomResourceSnapshot snapshot) =>
        snapshot is { IsReady: true, HealthStatus: Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy }
        || (snapshot.State?.Text == KnownResourceStates.Finished && snapshot.ExitCode == 0);

    private static bool HasFailed(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.FailedToStart
        || (snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text) && snapshot.ExitCode is not (0 or null));

    private void Fail(ResourceEvent change, bool exits)
    {
        var code = change.Snapshot.ExitCode is { } exitCode ? $" with exit code {exitCode}" : string.Empty;
        var what = change.Snapshot.State?.Text == KnownResourceStates.FailedToStart ? "did not start" : $"ended{code}";
        Failure = $"{change.ResourceId} {what}";
        var tail = logs.Tail(change.ResourceId).ToString();
        board.Say($"{application.Name} is not ready: {Failure}.{(tail.Length == 0 ? string.Empty : $" Its last output:{Environment.NewLine}{tail}")}");
        if (exits)
        {
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }
}

/// <summary>The AppHost's name without the word AppHost.</summary>
internal sealed record ApplicationName(string Name);
