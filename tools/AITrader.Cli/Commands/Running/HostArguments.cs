using System.Globalization;
using AITrader.Cli.Commands.Arguments;
using AITrader.Cli.Hosting;

namespace AITrader.Cli.Commands.Running;

/// <summary>Turns the options of <c>up</c> into the host's command line.</summary>
internal static class HostArguments
{
    /// <summary>The sources of the replay, files with their full paths.</summary>
    public static IReadOnlyList<string> SourcesOf(UpSettings settings) =>
        [.. settings.Replay.Concat(settings.More).Select(static source => Path.Exists(source) ? Path.GetFullPath(source) : source)];

    /// <summary>Whether the replay repeats. The demo lasts only moments, so it repeats unless <c>--once</c> is given.</summary>
    public static bool Loops(UpSettings settings) =>
        settings.Loop || (!settings.Once && settings.Replay is [ReplayArguments.Demo] && settings.More.Length == 0);

    /// <summary>The host's command line.</summary>
    public static IReadOnlyList<string> Of(UpSettings settings)
    {
        var arguments = new List<string>();
        var sources = SourcesOf(settings);
        if (sources.Count > 0)
        {
            arguments.Add($"--Replay:Path={string.Join(';', sources)}");
            arguments.Add($"--Replay:Speed={settings.Speed ?? "1"}");
            arguments.Add($"--Replay:Loop={(Loops(settings) ? "true" : "false")}");
        }

        if (settings.FreePorts)
        {
            arguments.Add(HostLauncher.FreePortsArgument);
        }

        arguments.AddRange(
            settings
                .Folders.Index()
                .Select(static folder =>
                    string.Create(CultureInfo.InvariantCulture, $"--Replay:Folders:{folder.Index}={Path.GetFullPath(folder.Item)}")
                )
        );
        arguments.AddRange(settings.HostSettings.Select(static setting => $"--{setting}"));
        return arguments;
    }

    /// <summary>What is wrong with the options; null where nothing is.</summary>
    public static string? Check(UpSettings settings) =>
        settings switch
        {
            { Replay.Length: 0, More.Length: > 0 } => $"'{settings.More[0]}' is no option; what is to be replayed follows --replay",
            { Replay.Length: 0, Speed: not null } => "--speed goes with --replay",
            { Replay.Length: 0, Loop: true } or { Replay.Length: 0, Once: true } => "--loop and --once go with --replay",
            { Loop: true, Once: true } => "--loop and --once exclude each other",
            { Speed: { } speed } when !ReplayArguments.IsSpeed(speed) =>
                $"--speed must be a number from 0.1 to 1000, or max; not '{speed}'",
            _ when settings.Folders.FirstOrDefault(static folder => !Directory.Exists(folder)) is { } absent =>
                $"--data: there is no folder {absent}",
            _ when settings.HostSettings.FirstOrDefault(static setting => !setting.Contains('=', StringComparison.Ordinal)) is { } odd =>
                $"--host-setting needs NAME=VALUE, not '{odd}'",
            _ => null,
        };
}
