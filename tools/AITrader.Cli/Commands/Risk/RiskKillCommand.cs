using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Risk;

/// <summary><c>risk kill</c>: switches a strategy or the account off.</summary>
internal sealed class RiskKillCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<KillSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, KillSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        await client.PostAsync(
            "/api/v1/risk/kill",
            new Dictionary<string, string?> { ["strategy"] = settings.Strategy, ["reason"] = settings.Reason },
            cancellationToken
        );
        console.Say($"{settings.Strategy ?? "the account"} is off: orders that add risk are cancelled, none is taken");
        return ExitCodes.Done;
    }
}
