using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Runs;

/// <summary><c>runs export</c>: writes trades, equity, signals or orders of a run to a file.</summary>
internal sealed class RunExportCommand(GatewayConnector gateway, FileDownload download) : AsyncCommand<RunExportSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, RunExportSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        await download.SaveAsync(client, settings.Path, settings.ChosenFormat, settings.To!, cancellationToken);
        return ExitCodes.Done;
    }
}
