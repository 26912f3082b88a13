using System.Collections.Concurrent;
using AITrader.Hosting.Home;
using Microsoft.Extensions.Hosting;

namespace AITrader.AppHost.Home;

/// <summary>Writes what each resource prints to <c>logs/NAME.log</c>: the dashboard loses it when the host ends, and after a crash it is
/// needed.</summary>
internal sealed class ResourceLogFiles(HomeFolder home, ResourceNotificationService notifications, ResourceLoggerService logs)
    : BackgroundService
{
    // The host's own log has the dashboard's output already.
    private const string Dashboard = "aspire-dashboard";

    private readonly ConcurrentDictionary<string, Task> _writers = new(StringComparer.Ordinal);

    // Ends as soon as the host begins to stop: a stop waits for it, and Aspire lets the logs go by then.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (change.Resource is not ParameterResource && change.Resource.Name != Dashboard)
                {
                    _ = _writers.GetOrAdd(change.ResourceId, id => WriteAsync(id, change.Resource.Name, stoppingToken));
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task WriteAsync(string resourceId, string name, CancellationToken stoppingToken)
    {
        await using var file = new RollingLog(Path.Combine(home.Logs, $"{name}.log"));
        try
        {
            await foreach (var lines in logs.WatchAsync(resourceId).WithCancellation(stoppingToken))
            {
                await file.AppendAsync(lines.Select(static line => line.Content));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
