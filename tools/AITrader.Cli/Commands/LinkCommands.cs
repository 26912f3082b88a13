using System.ComponentModel;
using AITrader.Cli.Gateway;
using AITrader.Cli.Hosting;
using AITrader.Cli.Machine;
using AITrader.Cli.Output;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands;

internal sealed class LinkSettings : CommandSettings
{
    [CommandOption("--open")]
    [Description("Open it in the browser, too.")]
    public bool Open { get; set; }
}

/// <summary>Prints a link that signs a browser in.</summary>
internal sealed class SignInCommand(HostFinder finder, GatewayDoor door, IAnsiConsole console) : AsyncCommand<LinkSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, LinkSettings settings, CancellationToken cancellationToken)
    {
        var link = await door.MakeLinkAsync(await GatewayDoor.FindAsync(finder.Require(), cancellationToken), cancellationToken);
        console.Say(link.ToString());
        return settings.Open ? await Browser.OpenAsync(link, cancellationToken) : ExitCodes.Done;
    }
}

/// <summary>Prints the link to the dashboard.</summary>
internal sealed class DashboardCommand(HostFinder finder, IAnsiConsole console) : AsyncCommand<LinkSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, LinkSettings settings, CancellationToken cancellationToken)
    {
        var link = DashboardLink.Of(finder.Require()) ?? throw new Refusal("this host was started without a dashboard");
        console.Say(link.ToString());
        return settings.Open ? await Browser.OpenAsync(link, cancellationToken) : ExitCodes.Done;
    }
}
