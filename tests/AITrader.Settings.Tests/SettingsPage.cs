using System.Text;

namespace AITrader.Settings.Tests;

/// <summary>docs/settings.md.</summary>
internal static class SettingsPage
{
    public const string Path = "docs/settings.md";

    public const string Command = "AITRADER_RENEW=1 dotnet run --project tests/AITrader.Settings.Tests -c Release";

    public static string Write()
    {
        var page = new StringBuilder($"""
            # Settings

            Every setting of every service, as the code has it; a test holds this page to it. After a change of the code: `{Command}`.

            A setting is named by its section and its key, with `:` between: `Books:Depth` of market-data. It can be given
            - in `aitrader.json`, below `Services` and the service: `{"{"} "Services": {"{"} "market-data": {"{"} "Books": {"{"} "Depth": 50 {"}"} {"}"} {"}"} {"}"}`; `{SampleFile.Path}` has all of them with their defaults, to be copied;
            - to a single service in its environment, with `__` for `:` (`Books__Depth=50`), or on its command line (`--Books:Depth=50`).

            The later of file, environment and command line wins. A value out of range stops the start with a message that names the setting. Times are `hh:mm:ss`, with a fraction of a second or days before
            (`1.00:00:00`) where needed. Items of a list have numbers from 0: `Listed:0:Symbol`, `Listed__0__Symbol`; in a file they are a list. `{"{n}"}` stands for such a number.


            """);
        foreach (var (service, sections) in SettingsInventory.Services)
        {
            page.Append(null, $"## {service.Resource}\n\n");
            foreach (var section in sections.Where(static section => !SettingsInventory.IsShared(section)))
            {
                Append(page, section);
            }

            var shared = sections.Where(SettingsInventory.IsShared).Select(static section => $"`{section.Section}`").ToList();
            page.Append(shared.Count > 0 ? $"Besides, as [below](#sections-of-several-services): {string.Join(", ", shared)}.\n\n" : string.Empty);
        }

        page.Append("## Sections of several services\n\n");
        foreach (var section in SettingsInventory.Services.SelectMany(static service => service.Sections).Where(SettingsInventory.IsShared).DistinctBy(static section => section.Type.FullName).OrderBy(static section => section.Section, StringComparer.Ordinal))
        {
            Append(page, section);
        }

        return page.ToString().TrimEnd() + "\n";
    }

    private static void Append(StringBuilder page, OptionsSection section)
    {
        page.Append(null, $"### `{section.Section}`\n\n{section.Summary}\n\n| setting | value | default | range | meaning |\n|---|---|---|---|---|\n");
        foreach (var setting in section.Settings)
        {
            page.Append(null, $"| `{setting.Name}` | {Cell(setting.Type)} | {Cell(setting.Default)} | {Cell(setting.Range)} | {Cell(setting.Summary)} |\n");
        }

        page.Append('\n');
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
