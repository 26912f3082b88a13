using AITrader.Cli.Commands.Arguments;
using AITrader.Cli.Failures;
using AITrader.Cli.Hosting;
using AITrader.Cli.Output;
using AITrader.Cli.Status;
using AITrader.Cli.Views;
using AITrader.Hosting.Home;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Running;

/// <summary><c>status</c>: shows the state of every resource; exit code 0 where all are healthy, 1 where one is not, 3 where no host
/// runs.</summary>
internal sealed class StatusCommand(HostFinder finder, StatusReader reader, IAnsiConsole console) : AsyncCommand<JsonSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, JsonSettings settings, CancellationToken cancellationToken)
    {
        switch (finder.Find())
        {
            case HostState.Running running:
                var status = await reader.ReadAsync(running.Record, cancellationToken);
                Show(status, running.Record, settings.Json);
                return status.IsHealthy ? ExitCodes.Done : ExitCodes.Failed;
            case HostState.Crashed crashed:
                return SayCrashed(crashed, settings.Json);
            default:
                console.Say(settings.Json ? """{ "running": false }""" : "AITrader is not running. `./aitrader up` starts it.");
                return ExitCodes.NotRunning;
        }
    }

    private void Show(SystemStatus status, HostRecord record, bool json)
    {
        if (json)
        {
            console.SayJson(status);
            return;
        }

        console.Say($"AITrader runs; its host is process {record.Process.Pid}.");
        console.Write(StatusView.Of(status, console.Profile.Width));
        console.Say();
        console.Say(StatusView.Of(status.Usage));
        foreach (var line in status.Gateway is { } gateway ? StatusView.LinesOf(gateway) : [$"the gateway: {status.GatewayProblem}"])
        {
            console.Say(line);
        }

        LinkLines.Say(console, status.Links);
    }

    private int SayCrashed(HostState.Crashed crashed, bool json)
    {
        console.Say(
            json
                ? $$"""{ "running": false, "crashed": true, "processes_left": {{crashed.Left.Count}} }"""
                : $"AITrader's host (process {crashed.Record.Process.Pid}) has ended unexpectedly; {crashed.Left.Count} processes of it are left. `./aitrader down` stops them, `./aitrader up` stops them and starts anew."
        );
        return ExitCodes.NotRunning;
    }
}
