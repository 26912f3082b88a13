using System.Collections;
using AITrader.Cli.Failures;
using AITrader.Cli.Hosting;
using AITrader.Cli.Hosting.Wire;
using AITrader.Cli.Output;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using AITrader.Cli.Settings;
using AITrader.Cli.Views;
using AITrader.Hosting.Home;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Running;

/// <summary><c>config</c>: shows the settings of the running host, or else of the next one, and where each comes from.</summary>
internal sealed class ConfigCommand(Installation installation, HostFinder finder, IAnsiConsole console) : AsyncCommand<ConfigSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, ConfigSettings settings, CancellationToken cancellationToken)
    {
        var known = KnownSettings.Read(installation);
        var running = finder.Find() as HostState.Running;
        var environment = running is null ? Own() : Of(running.Record.Process.Pid);
        var file = SettingsFile.Find(settings.SettingsFile ?? environment.GetValueOrDefault(SettingsFile.Setting), installation.Root);
        var secrets = UserSecrets.FileOf(Path.Combine(installation.AppHostFolder, "AITrader.AppHost.csproj"));
        var found = EffectiveSettings.From(
            new Dictionary<SettingOrigin, IEnumerable<KeyValuePair<string, string?>>>
            {
                [SettingOrigin.Default] = settings.All ? known.Defaults : [],
                [SettingOrigin.UserSecrets] = UserSecrets.Read(secrets),
                [SettingOrigin.File] = file?.Values ?? new Dictionary<string, string?>(),
                [SettingOrigin.Environment] = EffectiveSettings.FromEnvironment(environment),
                [SettingOrigin.CommandLine] = EffectiveSettings.FromArguments(running?.Record.Arguments ?? []),
            }
        );
        var inForce = running is null
            ? found
            : EffectiveSettings.AsRunning(found, await ReadResourcesAsync(running.Record, cancellationToken));
        Show(
            [
                .. inForce.Where(setting =>
                    settings.Filter is null || setting.Name.Contains(settings.Filter, StringComparison.OrdinalIgnoreCase)
                ),
            ],
            file,
            secrets,
            running,
            settings.Json
        );
        await SettingsWarnings.SayAsync(known, file);
        return ExitCodes.Done;
    }

    private static async Task<IReadOnlyList<Resource>> ReadResourcesAsync(HostRecord record, CancellationToken cancellationToken)
    {
        using var service = new ResourceService(record);
        return await service.ReadAsync(cancellationToken);
    }

    private void Show(IReadOnlyList<EffectiveSetting> found, SettingsFile? file, string secrets, HostState.Running? running, bool json)
    {
        if (json)
        {
            console.SayJson(found);
            return;
        }

        console.Say(
            running is null
                ? "AITrader is not running; these hold for the next `./aitrader up` from this shell."
                : $"These hold for the running host (process {running.Record.Process.Pid})."
        );
        console.Say($"home:          {installation.Home.Root}");
        console.Say(
            $"settings file: {file?.Path ?? $"none ({SettingsFile.DefaultName} in the repository, or up --settings FILE; {KnownSettings.FileName} has all there are)"}"
        );
        console.Say($"user secrets:  {secrets}{(File.Exists(secrets) ? string.Empty : " (made on the first start)")}");
        console.Say();
        console.Write(SettingsView.Of(found));
    }

    private static Dictionary<string, string?> Own() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(static pair => (string)pair.Key, static pair => (string?)pair.Value);

    private static Dictionary<string, string?> Of(int pid) =>
        ProcFiles
            .Read(pid, "environ")
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => line.Split('=', 2))
            .Where(static parts => parts.Length == 2)
            .GroupBy(static parts => parts[0], static parts => parts[1])
            .ToDictionary(static group => group.Key, static group => (string?)group.Last());
}
