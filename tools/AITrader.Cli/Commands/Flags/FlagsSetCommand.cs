using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Flags;

/// <summary><c>flags set</c>: switches a flag on or off.</summary>
internal sealed class FlagsSetCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<FlagSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, FlagSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var answer = await client.SendAsync(
            HttpMethod.Put,
            $"/api/v1/flags/{Uri.EscapeDataString(settings.Name)}",
            new Dictionary<string, bool> { ["enabled"] = settings.State == FlagSettings.On },
            cancellationToken
        );
        console.Say(FlagView.Line(answer!.Value));
        return ExitCodes.Done;
    }
}
