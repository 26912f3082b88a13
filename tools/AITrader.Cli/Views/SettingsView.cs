using AITrader.Cli.Output;
using AITrader.Cli.Settings;
using Spectre.Console;

namespace AITrader.Cli.Views;

/// <summary>Makes a table of settings.</summary>
internal static class SettingsView
{
    public static Table Of(IReadOnlyList<EffectiveSetting> settings)
    {
        var table = PlainTable.With("setting", "value", "from");
        foreach (var setting in settings)
        {
            table.AddRow(new Text(setting.Name), new Text(setting.Value), new Text(WordsOf(setting.Origin)));
        }

        return table;
    }

    private static string WordsOf(SettingOrigin origin) =>
        origin switch
        {
            SettingOrigin.UserSecrets => "user secrets",
            SettingOrigin.CommandLine => "command line",
            _ => origin.ToString().ToLowerInvariant(),
        };
}
