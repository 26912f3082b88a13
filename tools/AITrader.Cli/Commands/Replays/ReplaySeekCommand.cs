using System.Globalization;
using System.Text.Json;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Replays;

/// <summary><c>replay seek</c>: continues the replay at another place.</summary>
internal sealed class ReplaySeekCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<ReplaySeekSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ReplaySeekSettings settings, CancellationToken cancellationToken)
    {
        _ = SeekTarget.TryParse(settings.Place, out var target);
        using var client = await gateway.ConnectAsync(cancellationToken);
        var from = target.NeedsDay ? await FromAsync(client, cancellationToken) : null;
        console.SayAll(ReplayView.Lines(await client.PostAsync($"{ReplayFollower.Path}/seek", target.ToBody(from), cancellationToken)));
        return ExitCodes.Done;
    }

    private static async Task<DateTimeOffset?> FromAsync(GatewayClient client, CancellationToken cancellationToken)
    {
        var replay = await client.GetAsync(ReplayFollower.Path, cancellationToken);
        return replay.TryGetProperty("from", out var from) && from.ValueKind == JsonValueKind.String
            ? DateTimeOffset.Parse(from.GetString()!, CultureInfo.InvariantCulture)
            : throw new Refusal("no replay is under way, so a time alone names no moment");
    }
}
