using AITrader.Cli.Failures;
using AITrader.Cli.Hosting;
using AITrader.Cli.Machine;
using AITrader.Cli.Output;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Running;

/// <summary><c>dashboard</c>: prints the link to Aspire's dashboard.</summary>
internal sealed class DashboardCommand(HostFinder finder, IAnsiConsole console) : AsyncCommand<LinkSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, LinkSettings settings, CancellationToken cancellationToken)
    {
        var link = DashboardLink.Of(finder.Require()) ?? throw new Refusal("this host was started without a dashboard");
        console.Say(link.ToString());
        return settings.Open ? await Browser.OpenAsync(link, cancellationToken) : ExitCodes.Done;
    }
}
