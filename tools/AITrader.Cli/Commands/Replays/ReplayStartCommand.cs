using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Replays;

/// <summary><c>replay start</c>: starts a replay.</summary>
internal sealed class ReplayStartCommand(GatewayConnector gateway, ReplayFollower follower, IAnsiConsole console)
    : AsyncCommand<ReplayStartSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ReplayStartSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        await client.PostAsync(ReplayFollower.Path, ReplaySources.BodyOf(settings), cancellationToken);
        if (settings.Follow)
        {
            return await follower.FollowAsync(client, cancellationToken);
        }

        console.Say(
            $"starting {string.Join(" and ", settings.Sources)} at {(settings.Speed == "max" ? "full speed" : $"{settings.Speed}x")}; `./aitrader replay` shows how far it is"
        );
        return ExitCodes.Done;
    }
}
