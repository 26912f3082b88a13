using AITrader.Cli.Hosting;
using AITrader.Cli.Output;
using AITrader.Hosting.Home;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands;

/// <summary>Stops everything.</summary>
internal sealed class DownCommand(HostFinder finder, HostStopper stopper, WorkBar bar, IAnsiConsole console) : AsyncCommand
{
    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        switch (finder.Find())
        {
            case HostState.Running running:
                await StopAsync(running.Record, cancellationToken);
                console.Say("AITrader is stopped; no process of it is left.");
                break;
            case HostState.Crashed crashed:
                console.Say($"AITrader's host (process {crashed.Record.Process.Pid}) had ended unexpectedly and left {crashed.Left.Count} processes.");
                await StopAsync(crashed.Record, cancellationToken);
                console.Say("No process of it is left.");
                break;
            default:
                console.Say("AITrader is not running.");
                break;
        }

        return ExitCodes.Done;
    }

    private Task<int> StopAsync(HostRecord record, CancellationToken cancellationToken) => bar.RunAsync("stopping", total: 1, async work =>
    {
        var most = 1;
        await stopper.StopAsync(record, new Report(Show), cancellationToken);
        return most;

        void Show(int left)
        {
            most = Math.Max(most, left);
            work.SetTotal(most);
            work.Report(most - left, $"{left} processes left");
        }
    });

    // Unlike Progress<T>, which would report later and on another thread.
    private sealed class Report(Action<int> show) : IProgress<int>
    {
        void IProgress<int>.Report(int value) => show(value);
    }
}
