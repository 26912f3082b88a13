using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Replays;

/// <summary><c>replay speed</c>: changes the speed of the replay.</summary>
internal sealed class ReplaySpeedCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<ReplaySpeedSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ReplaySpeedSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        console.SayAll(
            ReplayView.Lines(await client.PostAsync($"{ReplayFollower.Path}/speed", new { speed = settings.Speed }, cancellationToken))
        );
        return ExitCodes.Done;
    }
}
