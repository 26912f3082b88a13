using AITrader.Cli.Commands.Arguments;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Flags;

/// <summary><c>flags</c>: what can be switched while the system runs.</summary>
internal sealed class FlagsShowCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<JsonSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, JsonSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var flags = await client.GetAsync("/api/v1/flags", cancellationToken);
        if (settings.Json)
        {
            console.SayJson(flags);
        }
        else
        {
            console.Write(FlagView.Table(flags));
        }

        return ExitCodes.Done;
    }
}
