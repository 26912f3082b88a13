using AITrader.Cli.Commands.Arguments;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Adjustments;

/// <summary><c>adjustments</c>: splits and dividends, and what came of them.</summary>
internal sealed class AdjustmentListCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<JsonSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, JsonSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var adjustments = await client.GetAsync(AdjustmentRequests.Path, cancellationToken);
        if (settings.Json)
        {
            console.SayJson(adjustments);
        }
        else
        {
            console.Write(AdjustmentView.Table(adjustments));
        }

        return ExitCodes.Done;
    }
}
