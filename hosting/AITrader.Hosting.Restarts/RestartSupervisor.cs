using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.Hosting.Restarts;

/// <summary>Watches Aspire's notifications and starts resources again that ended without having been stopped.</summary>
/// <remarks>A subscriber of events and not a hosted service: those start when all resources have started, and what crashed by then would be
/// missed.</remarks>
internal sealed class RestartSupervisor(
    ResourceNotificationService notifications,
    ResourceCommandService commands,
    ResourceLoggerService logs,
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    TimeProvider time
) : IDistributedApplicationEventingSubscriber, IDisposable
{
    /// <summary>The property with the number of restarts, which the dashboard shows.</summary>
    public const string CountProperty = "aitrader.restarts";

    /// <summary>The property that says since when and why a resource is not restarted any more.</summary>
    public const string LeftDownProperty = "aitrader.left_down";

    private readonly ConcurrentDictionary<string, WatchedReplica> _watched = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RestartReport> _reports = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _reporting = new(1, 1);

    /// <inheritdoc />
    public Task SubscribeAsync(
        IDistributedApplicationEventing eventing,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken
    )
    {
        eventing.Subscribe<BeforeStartEvent>(
            (_, _) =>
            {
                _ = WatchAsync(lifetime.ApplicationStopping);
                // What the hash holds is of the previous host.
                _ = ReportAsync();
                return Task.CompletedTask;
            }
        );
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose() => _reporting.Dispose();

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(cancellationToken))
            {
                if (change.Resource.Annotations.OfType<RestartAnnotation>().Any())
                {
                    Observe(change, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops, and everything with it: nothing is started any more.
        }
    }

    private void Observe(ResourceEvent change, CancellationToken cancellationToken)
    {
        var watched = _watched.GetOrAdd(change.ResourceId, static _ => new WatchedReplica());
        var verdict = watched.Observe(change.Snapshot.State?.Text, change.Snapshot.StartTimeStamp);
        if (verdict == StateChange.StartedByHand)
        {
            watched.Policy.Reset();
            Publish(change, watched, string.Empty);
        }
        else if (verdict == StateChange.Ended)
        {
            _ = RestartAsync(change, watched, cancellationToken);
        }
    }

    private async Task RestartAsync(ResourceEvent change, WatchedReplica watched, CancellationToken cancellationToken)
    {
        var logger = logs.GetLogger(change.Resource);
        var reason = ReasonOf(change.Snapshot);
        try
        {
            if (watched.Policy.Fail(time.GetUtcNow()) is not { } delay)
            {
                logger.LeftDown(change.Resource.Name, RestartPolicy.MaxFailures, reason);
                Publish(change, watched, reason);
                return;
            }

            logger.Restarting(change.Resource.Name, reason, delay, watched.Policy.Restarts);
            Publish(change, watched, reason);
            await Task.Delay(delay, time, cancellationToken);
            watched.ExpectStart();
            var result = await commands.ExecuteCommandAsync(change.ResourceId, KnownResourceCommands.StartCommand, cancellationToken);
            if (!result.Success)
            {
                logger.StartRefused(change.Resource.Name, result.Message ?? "no reason given");
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void Publish(ResourceEvent change, WatchedReplica watched, string reason)
    {
        var leftDown = watched.Policy.IsLeftDown ? reason : string.Empty;
        _ = notifications.PublishUpdateAsync(change.Resource, change.ResourceId, snapshot =>
            snapshot with
            {
                Properties = With(With(snapshot.Properties, CountProperty, watched.Policy.Restarts), LeftDownProperty, leftDown),
            }
        );
        _reports[change.ResourceId] = new RestartReport(
            change.Resource.Name,
            watched.Policy.Restarts,
            watched.Policy.IsLeftDown,
            reason,
            time.GetUtcNow()
        );
        _ = ReportAsync();
    }

    // Redis may be what has just ended: the report waits until it is back.
    private async Task ReportAsync()
    {
        if (services.GetService<RestartReports>() is not { } reports)
        {
            return;
        }

        try
        {
            // One after another: an older report does not replace a newer one.
            await _reporting.WaitAsync(lifetime.ApplicationStopping);
            try
            {
                while (!await reports.TryWriteAsync([.. _reports.Values], lifetime.ApplicationStopping))
                {
                    await Task.Delay(TimeSpan.FromSeconds(2), time, lifetime.ApplicationStopping);
                }
            }
            finally
            {
                _reporting.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private static ImmutableArray<ResourcePropertySnapshot> With(
        ImmutableArray<ResourcePropertySnapshot> properties,
        string name,
        object value
    ) => [.. properties.Where(property => property.Name != name), new ResourcePropertySnapshot(name, value)];

    private static string ReasonOf(CustomResourceSnapshot snapshot) =>
        snapshot.ExitCode is { } code ? $"{snapshot.State?.Text}, exit code {code}" : snapshot.State?.Text ?? "unknown";
}
