using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Risk;

/// <summary><c>risk confirm</c>: lets raised limits hold.</summary>
internal sealed class RiskConfirmCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<ProposalSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ProposalSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var answer = await client.SendAsync(
            HttpMethod.Post,
            $"/api/v1/risk/proposals/{settings.Proposal}/confirm",
            body: null,
            cancellationToken
        );
        console.SayAll(RiskView.ChangeLines(answer!.Value));
        return ExitCodes.Done;
    }
}
