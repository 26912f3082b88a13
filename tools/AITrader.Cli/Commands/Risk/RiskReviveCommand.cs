using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Risk;

/// <summary><c>risk revive</c>: switches a strategy or the account on again.</summary>
internal sealed class RiskReviveCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<ReviveSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ReviveSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var body = new Dictionary<string, string?> { ["strategy"] = settings.Strategy };
        await client.SendAsync(HttpMethod.Post, "/api/v1/risk/revive", body, cancellationToken);
        console.Say($"{settings.Strategy ?? "the account"} is on again");
        return ExitCodes.Done;
    }
}
