using AITrader.Cli.Failures;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Hosting;

/// <summary>Stops a host and makes sure that none of its processes is left.</summary>
internal sealed class HostStopper(Installation installation, TimeProvider time)
{
    private static readonly TimeSpan HostTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LeftProcessesTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks the host to stop, waits for the processes it started, and kills those that do not end in time.</summary>
    /// <param name="record">The host, which may have ended already.</param>
    /// <param name="progress">Called with the number of processes that are left.</param>
    /// <param name="cancellationToken">Ends the waiting; what was asked to stop still stops.</param>
    /// <exception cref="Refusal">Some processes could not be ended.</exception>
    public async Task StopAsync(HostRecord record, Action<int> progress, CancellationToken cancellationToken)
    {
        if (record.Process.IsAlive)
        {
            ProcessSignals.Terminate(record.Process);
            await WaitAsync(record, HostTimeout, until: _ => !record.Process.IsAlive, progress, cancellationToken);
        }

        // The orchestrator stops what the host left as soon as it sees it gone.
        var left = await WaitAsync(record, LeftProcessesTimeout, until: static rest => rest.Count == 0, progress, cancellationToken);
        foreach (var process in left)
        {
            ProcessSignals.Kill(process.Identity);
        }

        left =
            left.Count == 0
                ? left
                : await WaitAsync(record, LeftProcessesTimeout, until: static rest => rest.Count == 0, progress, cancellationToken);
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
        TimeSpan timeout,
        Predicate<HashSet<ProcessEntry>> until,
        Action<int> progress,
        CancellationToken cancellationToken
    )
    {
        for (var begun = time.GetTimestamp(); ; )
        {
            var left = RunProcesses.Find(ProcessTable.Read(), record, installation.Home);
            progress(left.Count);
            if (until(left) || time.GetElapsedTime(begun) > timeout)
            {
                return left;
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }
}
