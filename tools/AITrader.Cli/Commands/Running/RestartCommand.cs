using AITrader.Cli.Failures;
using AITrader.Cli.Hosting;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Running;

/// <summary><c>restart</c>: restarts every replica of one resource and waits until they are healthy.</summary>
internal sealed class RestartCommand(HostFinder finder, StartDisplay board, IAnsiConsole console) : AsyncCommand<RestartSettings>
{
    private const string Start = "start";
    private const string Restart = "restart";

    public override async Task<int> ExecuteAsync(CommandContext context, RestartSettings settings, CancellationToken cancellationToken)
    {
        var record = finder.Require();
        using var service = new ResourceService(record);
        var resources = ResourceService.Shown(await service.ReadAsync(cancellationToken));
        var replicas = resources.Where(resource => resource.Name == settings.Name).ToList();
        if (replicas.Count == 0)
        {
            throw new Refusal(
                $"there is no resource '{settings.Name}'; there are: {string.Join(", ", resources.Select(static resource => resource.Name).Distinct())}",
                ExitCodes.Usage
            );
        }

        foreach (var replica in replicas)
        {
            var command = new[] { Restart, Start }.FirstOrDefault(wanted => replica.Commands.Contains(wanted))
                ?? throw new Refusal($"{replica.Name} cannot be restarted while it is {replica.State.ToLowerInvariant()}");
            console.Say(
                $"{(command == Start ? "starting" : "restarting")} {replica.Name} ({(replica.Pid is { } pid ? $"process {pid}" : replica.State.ToLowerInvariant())})"
            );
            await service.ExecuteAsync(replica, command, cancellationToken);
        }

        await board.WaitAsync(record, [settings.Name], cancellationToken);
        return ExitCodes.Done;
    }
}
