using System.Text;

namespace AITrader.Settings.Tests;

/// <summary>docs/settings.md.</summary>
internal static class SettingsPage
{
    public const string Path = "docs/settings.md";

    public const string Command = "AITRADER_RENEW=1 dotnet run --project tests/AITrader.Settings.Tests -c Release";

    public static string Write()
    {
        var page = new StringBuilder(
            $$"""
            # Settings

            Every setting of every service, as the code has it; a test holds this page and `{{SampleFile.Path}}` to it. After a change of the code:

                {{Command}}

            A setting is named by its section and its key, with `:` between: `Books:Depth` of market-data. Where it is given, and the settings of the host itself: [operations](operations.md#settings). A value
            out of range stops the service at its start with a message that names the setting. Times are `hh:mm:ss`, with a fraction of a second or days before (`1.00:00:00`) where needed. Items of a list have
            numbers from 0: `Listed:0:Symbol`; in a file they are a list. `{n}` stands for such a number. A range that depends on other settings is the one
            with those at their defaults.


            """
        );
        foreach (var (service, sections) in SettingsInventory.Services)
        {
            page.Append(null, $"## {service.Resource}\n\n");
            foreach (
                var parts in sections
                    .Where(static section => !SettingsInventory.IsShared(section))
                    .GroupBy(static section => section.Section, StringComparer.Ordinal)
            )
            {
                Append(page, [.. parts]);
            }

            var shared = sections.Where(SettingsInventory.IsShared).Select(static section => $"`{section.Section}`").ToList();
            page.Append(
                shared.Count > 0 ? $"Besides, as [below](#sections-of-several-services): {string.Join(", ", shared)}.\n\n" : string.Empty
            );
        }

        page.Append("## Sections of several services\n\n");
        foreach (
            var section in SettingsInventory
                .Services.SelectMany(static service => service.Sections)
                .Where(SettingsInventory.IsShared)
                .DistinctBy(static section => section.Type.FullName)
                .OrderBy(static section => section.Section, StringComparer.Ordinal)
        )
        {
            Append(page, [section]);
        }

        return page.ToString().TrimEnd() + "\n";
    }

    // One section may be read by several options classes.
    private static void Append(StringBuilder page, IReadOnlyList<OptionsSection> parts)
    {
        page.Append(null, $"### `{parts[0].Section}`\n\n");
        foreach (var part in parts)
        {
            Append(page, part);
        }
    }

    private static void Append(StringBuilder page, OptionsSection section)
    {
        page.Append(null, $"{section.Summary}\n\n| setting | value | default | range | meaning |\n|---|---|---|---|---|\n");
        foreach (var setting in section.Settings)
        {
            page.Append(
                null,
                $"| `{setting.Name}` | {Cell(setting.Type)} | {Cell(setting.Default)} | {Cell(setting.Range)} | {Cell(setting.Summary)} |\n"
            );
        }

        page.Append('\n');
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
