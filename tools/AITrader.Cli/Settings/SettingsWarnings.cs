using AITrader.Hosting.Home;

namespace AITrader.Cli.Settings;

/// <summary>Says which settings of a file nobody reads.</summary>
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
