using System.Globalization;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Runs;

/// <summary><c>runs</c>: lists runs, newest first.</summary>
internal sealed class RunListCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<RunListSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, RunListSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var kind = settings.Kind is { } only ? $"&kind={only}" : string.Empty;
        var search = settings.Search is { } name ? $"&search={Uri.EscapeDataString(name)}" : string.Empty;
        var runs = await client.GetAsync(
            string.Create(CultureInfo.InvariantCulture, $"/api/v1/runs?limit={settings.Count}{kind}{search}"),
            cancellationToken
        );
        if (settings.Json)
        {
            console.SayJson(runs);
        }
        else
        {
            console.Write(RunView.Table(runs));
        }

        return ExitCodes.Done;
    }
}
