using AITrader.Hosting.Home;

namespace AITrader.Cli.Settings;

/// <summary>Warns of settings in the file that no service reads.</summary>
internal static class SettingsWarnings
{
    public static async Task SayAsync(KnownSettings known, SettingsFile? file)
    {
        foreach (var name in known.UnknownAmong(file?.Values.Keys ?? []))
        {
            await Console.Error.WriteLineAsync(
                $"aitrader: {file!.Path}: nobody reads {name}; {KnownSettings.FileName} has the names there are"
            );
        }
    }
}
