using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Runs;

/// <summary><c>runs compare</c>: statistics side by side, and what differs of the setups.</summary>
internal sealed class RunCompareCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<RunCompareSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, RunCompareSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var ids = Uri.EscapeDataString(string.Join(',', settings.Runs));
        var compared = await client.GetAsync($"/api/v1/runs/compare?ids={ids}", cancellationToken);
        if (settings.Json)
        {
            console.SayJson(compared);
            return ExitCodes.Done;
        }

        console.Write(RunView.Compared(compared, "statistics"));
        console.Say();
        console.Say("What differs of their setups:");
        console.Write(RunView.Compared(compared, "differences"));
        return ExitCodes.Done;
    }
}
