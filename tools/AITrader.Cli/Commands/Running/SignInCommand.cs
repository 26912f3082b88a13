using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Hosting;
using AITrader.Cli.Machine;
using AITrader.Cli.Output;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Running;

/// <summary><c>sign-in</c>: prints a link that signs a browser in.</summary>
internal sealed class SignInCommand(HostFinder finder, GatewaySignIn signIn, IAnsiConsole console) : AsyncCommand<LinkSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, LinkSettings settings, CancellationToken cancellationToken)
    {
        var link = await signIn.MakeLinkAsync(await GatewaySignIn.FindAsync(finder.Require(), cancellationToken), cancellationToken);
        console.Say(link.ToString());
        return settings.Open ? await Browser.OpenAsync(link, cancellationToken) : ExitCodes.Done;
    }
}
