using AITrader.Cli.Failures;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Hosting;

/// <summary>Stops a host and makes sure that nothing of it is left.</summary>
internal sealed class HostStopper(Installation installation, TimeProvider time)
{
    private static readonly TimeSpan HostPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan RestPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks the host to stop, then what is left of it, and ends by force what does not listen.</summary>
    /// <param name="record">The host, which may have ended already.</param>
    /// <param name="progress">How many processes are left.</param>
    /// <param name="cancellationToken">Gives up waiting; what was asked to stop still does.</param>
    /// <exception cref="Refusal">Some processes could not be ended.</exception>
    public async Task StopAsync(HostRecord record, Action<int> progress, CancellationToken cancellationToken)
    {
        if (record.Process.IsAlive)
        {
            Signals.Terminate(record.Process);
            await WaitAsync(record, HostPatience, until: _ => !record.Process.IsAlive, progress, cancellationToken);
        }

        // The orchestrator stops what the host left as soon as it sees it gone.
        var left = await WaitAsync(record, RestPatience, until: static rest => rest.Count == 0, progress, cancellationToken);
        foreach (var process in left)
        {
            Signals.Kill(process.Identity);
        }

        left =
            left.Count == 0
                ? left
                : await WaitAsync(record, RestPatience, until: static rest => rest.Count == 0, progress, cancellationToken);
        if (left.Count > 0)
        {
            throw new Refusal(
                $"these processes could not be ended: {string.Join(", ", left.Select(static entry => $"{entry.Pid} ({entry.Name})"))}"
            );
        }

        HostRecord.Delete(installation.Home);
    }

    private async Task<HashSet<ProcessEntry>> WaitAsync(
        HostRecord record,
        TimeSpan patience,
        Predicate<HashSet<ProcessEntry>> until,
        Action<int> progress,
        CancellationToken cancellationToken
    )
    {
        for (var begun = time.GetTimestamp(); ; )
        {
            var left = RunProcesses.Find(ProcessTable.Read(), record, installation.Home);
            progress(left.Count);
            if (until(left) || time.GetElapsedTime(begun) > patience)
            {
                return left;
            }

            await Task.Delay(Look, time, cancellationToken);
        }
    }
}
