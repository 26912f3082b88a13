using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Hosting;
using AITrader.Cli.Machine;
using AITrader.Cli.Output;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Running;

/// <summary>Prints a link that signs a browser in.</summary>
internal sealed class SignInCommand(HostFinder finder, GatewaySignIn door, IAnsiConsole console) : AsyncCommand<LinkSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, LinkSettings settings, CancellationToken cancellationToken)
    {
        var link = await door.MakeLinkAsync(await GatewaySignIn.FindAsync(finder.Require(), cancellationToken), cancellationToken);
        console.Say(link.ToString());
        return settings.Open ? await Browser.OpenAsync(link, cancellationToken) : ExitCodes.Done;
    }
}
