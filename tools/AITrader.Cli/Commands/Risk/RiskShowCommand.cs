using AITrader.Cli.Commands.Arguments;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Risk;

/// <summary><c>risk</c>: what limits trading now.</summary>
internal sealed class RiskShowCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<JsonSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, JsonSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var risk = await client.GetAsync("/api/v1/risk", cancellationToken);
        if (settings.Json)
        {
            console.SayJson(risk);
        }
        else
        {
            console.SayAll(RiskView.Lines(risk));
            console.Write(RiskView.Limits(risk));
        }

        return ExitCodes.Done;
    }
}
