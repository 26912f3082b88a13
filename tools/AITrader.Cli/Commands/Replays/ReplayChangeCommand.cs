using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Replays;

/// <summary>A change of the replay that needs no argument, such as <c>replay pause</c>.</summary>
internal abstract class ReplayChangeCommand(string change, GatewayConnector gateway, IAnsiConsole console) : AsyncCommand
{
    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        console.SayAll(
            ReplayView.Lines(await client.PostAsync($"{ReplayFollower.Path}/{change}", new Dictionary<string, string>(), cancellationToken))
        );
        return ExitCodes.Done;
    }
}
