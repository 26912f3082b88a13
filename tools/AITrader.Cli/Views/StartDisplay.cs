using System.Globalization;
using AITrader.Cli.Failures;
using AITrader.Cli.Hosting;
using AITrader.Cli.Output;
using AITrader.Cli.Timing;
using AITrader.Hosting.Home;
using Grpc.Core;
using Spectre.Console;

namespace AITrader.Cli.Views;

/// <summary>Shows how everything starts: on a terminal a table that is drawn again, elsewhere a line for each resource that is
/// ready.</summary>
internal sealed class StartDisplay(IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows the resources until all are healthy.</summary>
    /// <param name="record">The host.</param>
    /// <param name="names">The resources to wait for; null waits for all.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="Refusal">Something is down for good, or not healthy in time; the text has its last words.</exception>
    public async Task WaitAsync(HostRecord record, IReadOnlyCollection<string>? names, CancellationToken cancellationToken)
    {
        var progress = new StartProgress(time);
        using var service = new ResourceService(record);
        using var deadline = new Deadline(StartTimeout, time, cancellationToken);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
        var following = FollowAsync(service, progress, names, done.Token);
        try
        {
            await (
                console.Profile.Capabilities.Interactive
                    ? DrawAsync(progress, following, deadline.Token)
                    : ListAsync(progress, following, deadline.Token)
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new Refusal(
                $"not healthy within {StartTimeout.TotalMinutes} minutes: {progress.NotReady}. `./aitrader logs NAME` says more"
            );
        }
        finally
        {
            await done.CancelAsync();
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await RefuseFailureAsync(service, progress.Failed, cancellationToken);
        console.Say(string.Create(CultureInfo.InvariantCulture, $"healthy after {progress.Elapsed.TotalSeconds:0.0} s"));
    }

    private static async Task FollowAsync(
        ResourceService service,
        StartProgress progress,
        IReadOnlyCollection<string>? names,
        CancellationToken cancellationToken
    )
    {
        await foreach (var resources in service.WatchAsync(cancellationToken))
        {
            progress.Update([.. resources.Where(resource => names is null || names.Contains(resource.Name))]);
        }
    }

    private Task DrawAsync(StartProgress progress, Task following, CancellationToken cancellationToken) =>
        console
            .Live(new Text("starting"))
            .AutoClear(true)
            .StartAsync(context =>
            {
                IReadOnlyList<ResourceView> drawn = [];
                return WatchAsync(progress, following, Draw, cancellationToken);

                void Draw()
                {
                    if (!ReferenceEquals(drawn, progress.Resources))
                    {
                        drawn = progress.Resources;
                        context.UpdateTarget(StatusView.Of(drawn));
                    }
                }
            });

    private Task ListAsync(StartProgress progress, Task following, CancellationToken cancellationToken)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        return WatchAsync(progress, following, Report, cancellationToken);

        void Report()
        {
            foreach (
                var ready in progress.Resources.Where(resource => resource.Condition is Condition.Healthy && reported.Add(resource.Id))
            )
            {
                console.Say(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{progress.Elapsed.TotalSeconds, 6:0.0} s  {ready.Name} {(ready.State == "Finished" ? "is done" : "is healthy")}"
                    )
                );
            }
        }
    }

    private async Task WatchAsync(StartProgress progress, Task following, Action show, CancellationToken cancellationToken)
    {
        do
        {
            await Task.Delay(PollInterval, time, cancellationToken);
            if (following.IsCompleted && !cancellationToken.IsCancellationRequested)
            {
                throw new Refusal(
                    $"the host has ended while starting: {(following.Exception?.InnerException as RpcException)?.Status.Detail}"
                );
            }

            show();
        } while (!progress.IsReady && progress.Failed is null);
    }

    private static async Task RefuseFailureAsync(ResourceService service, ResourceView? failed, CancellationToken cancellationToken)
    {
        if (failed is null)
        {
            return;
        }

        var lines = new List<string>();
        await foreach (var line in service.ReadLogAsync(failed.Id, follow: false, cancellationToken))
        {
            lines.Add(line);
        }

        throw new Refusal($"{failed.Name} is down ({failed.Problem}). Its last words:\n{LogEnd.Of(lines)}");
    }
}
