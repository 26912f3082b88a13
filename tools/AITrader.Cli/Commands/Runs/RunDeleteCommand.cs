using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Runs;

/// <summary><c>runs delete</c>: asks for the deletion of a run that has ended.</summary>
internal sealed class RunDeleteCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<RunDeleteSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, RunDeleteSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        await client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{Uri.EscapeDataString(settings.Run)}", body: null, cancellationToken);
        console.Say($"run {settings.Run} is listed no more; the worker deletes what it made");
        return ExitCodes.Done;
    }
}
