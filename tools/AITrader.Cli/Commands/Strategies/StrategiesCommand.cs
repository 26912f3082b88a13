using AITrader.Cli.Commands.Arguments;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Strategies;

/// <summary><c>strategies</c>: lists the hosted strategies.</summary>
internal sealed class StrategiesCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<JsonSettings>
{
    public const string Path = "/api/v1/strategies";

    public override async Task<int> ExecuteAsync(CommandContext context, JsonSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var strategies = await client.GetAsync(Path, cancellationToken);
        if (settings.Json)
        {
            console.SayJson(strategies);
        }
        else
        {
            console.SayAll(StrategiesView.Lines(strategies));
        }

        return ExitCodes.Done;
    }
}
