using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Models;

/// <summary><c>models serving</c>: how the running system serves a model, and what came of its forecasts.</summary>
internal sealed class ModelServingCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<ModelServingSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ModelServingSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var serving = await client.GetAsync($"/api/v1/models/{settings.Model}/serving", cancellationToken);
        if (settings.Json)
        {
            console.SayJson(serving);
        }
        else
        {
            console.Write(ServingView.Table(serving));
        }

        return ExitCodes.Done;
    }
}
