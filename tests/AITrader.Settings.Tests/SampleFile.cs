using System.Text;

namespace AITrader.Settings.Tests;

/// <summary>aitrader.sample.json: every setting of every service with its default, as a comment.</summary>
internal static class SampleFile
{
    public const string Path = "aitrader.sample.json";

    /// <summary>What stands before a setting that is not in force.</summary>
    public const string Off = "//= ";

    private const int Width = 150;

    public static string Write()
    {
        var file = new StringBuilder($$"""
            // All settings with their defaults. Copy this file to aitrader.json, take the leading {{Off.Trim()}} from what you want to change, and change it there; what you leave out keeps its default.
            // Meaning, units and ranges: docs/settings.md. This file is made from the code: {{SettingsPage.Command}}
            {
              "Services": {

            """);
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
            file.Append(null, $"{indent}{Off}\"{setting.Name}\": {setting.Json},\n");
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
