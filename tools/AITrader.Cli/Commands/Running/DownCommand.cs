using AITrader.Cli.Failures;
using AITrader.Cli.Hosting;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Running;

/// <summary><c>down</c>: stops the host and all that it started.</summary>
internal sealed class DownCommand(HostFinder finder, Shutdown shutdown, IAnsiConsole console) : AsyncCommand
{
    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        switch (finder.Find())
        {
            case HostState.Running running:
                await shutdown.RunAsync(running.Record, cancellationToken);
                console.Say("AITrader is stopped; no process of it is left.");
                break;
            case HostState.Crashed crashed:
                console.Say(
                    $"AITrader's host (process {crashed.Record.Process.Pid}) had ended unexpectedly and left {crashed.Left.Count} processes."
                );
                await shutdown.RunAsync(crashed.Record, cancellationToken);
                console.Say("No process of it is left.");
                break;
            default:
                console.Say("AITrader is not running.");
                break;
        }

        return ExitCodes.Done;
    }
}
