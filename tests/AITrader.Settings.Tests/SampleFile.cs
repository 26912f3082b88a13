using System.Text;

namespace AITrader.Settings.Tests;

/// <summary>aitrader.settings.sample.json: every setting of every service with its default. <c>./aitrader config --all</c> reads it
/// too.</summary>
internal static class SampleFile
{
    public const string Path = "aitrader.settings.sample.json";

    private const int Width = 150;

    public static string Write()
    {
        var file = new StringBuilder(
            $$"""
            // All settings of all services with their defaults, and in brackets what they take.
            // Copy what you change to aitrader.json, within its service and section; what is not there keeps its default.
            // backend-alt, the second gateway, has the settings of backend.
            // Units and meaning: docs/settings.md. Made from the code; to renew it: {{SettingsPage.Command}}
            {
              "Services": {

            """
        );
        foreach (var (service, sections) in SettingsInventory.Services)
        {
            file.Append(null, $"    \"{service.Resource}\": {{\n");
            Append(file, sections, 3);
            file.Append("    },\n");
        }

        return file.Append("  },\n}\n").ToString();
    }

    private static void Append(StringBuilder file, IReadOnlyList<OptionsSection> sections, int depth)
    {
        foreach (var group in sections.GroupBy(static section => section.Section.Split(':')[0], StringComparer.Ordinal))
        {
            var indent = new string(' ', depth * 2);
            file.Append(null, $"{indent}\"{group.Key}\": {{\n");
            foreach (var section in group.OrderBy(static section => section.Section.Length))
            {
                Append(file, section, depth + 1);
            }

            file.Append(null, $"{indent}}},\n");
        }
    }

    private static void Append(StringBuilder file, OptionsSection section, int depth)
    {
        var parts = section.Section.Split(':')[1..];
        for (var i = 0; i < parts.Length; i++, depth++)
        {
            file.Append(null, $"{new string(' ', depth * 2)}\"{parts[i]}\": {{\n");
        }

        var indent = new string(' ', depth * 2);
        Comment(file, indent, section.Summary);
        foreach (var setting in section.Settings.Where(static setting => setting.Json is not null))
        {
            Comment(file, indent, $"{setting.Summary} [{setting.Range}]");
            file.Append(null, $"{indent}\"{setting.Name}\": {setting.Json},\n");
        }

        for (var i = 0; i < parts.Length; i++)
        {
            file.Append(null, $"{new string(' ', (depth - 1 - i) * 2)}}},\n");
        }
    }

    private static void Comment(StringBuilder file, string indent, string text)
    {
        var line = new StringBuilder();
        foreach (var word in text.Replace("`", "", StringComparison.Ordinal).Split(' '))
        {
            if (line.Length > 0 && indent.Length + line.Length + word.Length > Width)
            {
                file.Append(null, $"{indent}// {line}\n");
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        file.Append(null, $"{indent}// {line}\n");
    }
}
