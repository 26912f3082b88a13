using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Replays;

/// <summary><c>replay loop</c>: sets whether the replay begins again at its end.</summary>
internal sealed class ReplayLoopCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<ReplayLoopSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ReplayLoopSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        console.SayAll(
            ReplayView.Lines(await client.PostAsync($"{ReplayFollower.Path}/loop", new { loop = settings.Mode == "on" }, cancellationToken))
        );
        return ExitCodes.Done;
    }
}
