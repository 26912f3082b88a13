using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Replays;

/// <summary><c>replay</c> and <c>replay status</c>: prints the state of the replay.</summary>
internal sealed class ReplayStatusCommand(GatewayConnector gateway, ReplayFollower follower, IAnsiConsole console)
    : AsyncCommand<ReplayStatusSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ReplayStatusSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        if (settings.Follow)
        {
            return await follower.FollowAsync(client, cancellationToken);
        }

        var replay = await client.GetAsync(ReplayFollower.Path, cancellationToken);
        if (settings.Json)
        {
            console.SayJson(replay);
            return ExitCodes.Done;
        }

        console.SayAll(ReplayView.Lines(replay));
        return ExitCodes.Done;
    }
}
