using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands;

internal sealed class ReplayStatusSettings : JsonSettings
{
    [CommandOption("-f|--follow")]
    [Description("Show its progress until it ends.")]
    public bool Follow { get; set; }
}

internal sealed class ReplayStartSettings : CommandSettings
{
    [CommandArgument(0, "<source>")]
    [Description(
        "A data set (demo, binance-usdm-btcusdt ...), files inside a folder that `up --data FOLDER` opened, or stored ticks as ticks:SYMBOL,...@FROM/TO[[@RUN]]. Several files are merged by time."
    )]
    public string[] Sources { get; set; } = [];

    [CommandOption("-s|--speed <SPEED>")]
    [Description("0.1 to 1000 times real time, or max.")]
    [DefaultValue("1")]
    public string Speed { get; set; } = "1";

    [CommandOption("--loop")]
    [Description("Begin again at the end.")]
    public bool Loop { get; set; }

    [CommandOption("-f|--follow")]
    [Description("Show its progress until it ends.")]
    public bool Follow { get; set; }

    public override ValidationResult Validate() =>
        HostArguments.IsSpeed(Speed)
            ? ReplaySources.Check(Sources) is { } problem
                ? ValidationResult.Error(problem)
                : ValidationResult.Success()
            : ValidationResult.Error($"--speed must be a number from 0.1 to 1000, or max; not '{Speed}'");
}

internal sealed class ReplaySeekSettings : CommandSettings
{
    [CommandArgument(0, "<place>")]
    [Description("50%, a tick's number, 23:56:00 on the day that the content begins, or 2024-08-08T23:56:00Z.")]
    public string Place { get; set; } = string.Empty;

    public override ValidationResult Validate() =>
        SeekTarget.TryParse(Place, out _)
            ? ValidationResult.Success()
            : ValidationResult.Error($"'{Place}' is no place: give 50%, a tick's number, 23:56:00 or 2024-08-08T23:56:00Z");
}

internal sealed class ReplaySpeedSettings : CommandSettings
{
    [CommandArgument(0, "<speed>")]
    [Description("0.1 to 1000 times real time, or max.")]
    public string Speed { get; set; } = string.Empty;

    public override ValidationResult Validate() =>
        HostArguments.IsSpeed(Speed)
            ? ValidationResult.Success()
            : ValidationResult.Error($"a speed is a number from 0.1 to 1000, or max; not '{Speed}'");
}

internal sealed class ReplayLoopSettings : CommandSettings
{
    [CommandArgument(0, "<on|off>")]
    public string Wish { get; set; } = string.Empty;

    public override ValidationResult Validate() =>
        Wish is "on" or "off" ? ValidationResult.Success() : ValidationResult.Error($"loop needs on or off, not '{Wish}'");
}

/// <summary>Tells where the replay stands.</summary>
internal sealed class ReplayStatusCommand(GatewayConnector gateway, ReplayFollower follower, IAnsiConsole console)
    : AsyncCommand<ReplayStatusSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ReplayStatusSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        if (settings.Follow)
        {
            return await follower.FollowAsync(client, cancellationToken);
        }

        var replay = await client.GetAsync(ReplayFollower.Path, cancellationToken);
        if (settings.Json)
        {
            console.SayJson(replay);
            return ExitCodes.Done;
        }

        console.SayAll(ReplayView.Lines(replay));
        return ExitCodes.Done;
    }
}

/// <summary>Starts a replay.</summary>
internal sealed class ReplayStartCommand(GatewayConnector gateway, ReplayFollower follower, IAnsiConsole console)
    : AsyncCommand<ReplayStartSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ReplayStartSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        await client.PostAsync(ReplayFollower.Path, ReplaySources.BodyOf(settings), cancellationToken);
        if (settings.Follow)
        {
            return await follower.FollowAsync(client, cancellationToken);
        }

        console.Say(
            $"starting {string.Join(" and ", settings.Sources)} at {(settings.Speed == "max" ? "full speed" : $"{settings.Speed}x")}; `./aitrader replay` shows how far it is"
        );
        return ExitCodes.Done;
    }
}

/// <summary>A change of the replay that has nothing to say but its name.</summary>
internal abstract class ReplayChangeCommand(string change, GatewayConnector gateway, IAnsiConsole console) : AsyncCommand
{
    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        console.SayAll(
            ReplayView.Lines(await client.PostAsync($"{ReplayFollower.Path}/{change}", new Dictionary<string, string>(), cancellationToken))
        );
        return ExitCodes.Done;
    }
}

internal sealed class ReplayPauseCommand(GatewayConnector gateway, IAnsiConsole console) : ReplayChangeCommand("pause", gateway, console);

internal sealed class ReplayResumeCommand(GatewayConnector gateway, IAnsiConsole console) : ReplayChangeCommand("resume", gateway, console);

internal sealed class ReplayStopCommand(GatewayConnector gateway, IAnsiConsole console) : ReplayChangeCommand("stop", gateway, console);

/// <summary>Goes on elsewhere in the content.</summary>
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

/// <summary>Changes the speed.</summary>
internal sealed class ReplaySpeedCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<ReplaySpeedSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ReplaySpeedSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        console.SayAll(
            ReplayView.Lines(await client.PostAsync($"{ReplayFollower.Path}/speed", new { speed = settings.Speed }, cancellationToken))
        );
        return ExitCodes.Done;
    }
}

/// <summary>Says whether it begins again at its end.</summary>
internal sealed class ReplayLoopCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<ReplayLoopSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ReplayLoopSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        console.SayAll(
            ReplayView.Lines(await client.PostAsync($"{ReplayFollower.Path}/loop", new { loop = settings.Wish == "on" }, cancellationToken))
        );
        return ExitCodes.Done;
    }
}
