using System.Globalization;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Ticks;

/// <summary><c>gaps</c>: looks for missing ticks in the database.</summary>
internal sealed class GapsCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<GapsSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, GapsSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var threshold = settings.Threshold.ToString(CultureInfo.InvariantCulture);
        var gaps = await client.GetAsync($"/api/v1/ticks/gaps?{settings.QueryWith(("threshold", threshold))}", cancellationToken);
        if (settings.Json)
        {
            console.SayJson(gaps);
        }
        else
        {
            console.SayAll(GapsView.Lines(gaps));
        }

        return ExitCodes.Done;
    }
}
