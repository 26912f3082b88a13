using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Ticks;

/// <summary><c>export</c>: writes stored ticks to a file.</summary>
internal sealed class ExportCommand(GatewayConnector gateway, FileDownload download) : AsyncCommand<ExportSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ExportSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var address = $"/api/v1/ticks/export?{settings.QueryWith(("format", settings.ChosenFormat))}";
        await download.SaveAsync(client, address, settings.ChosenFormat, settings.Out!, cancellationToken);
        return ExitCodes.Done;
    }
}
