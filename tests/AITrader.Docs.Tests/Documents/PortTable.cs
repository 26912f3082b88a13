using System.Globalization;

namespace AITrader.Docs.Tests.Documents;

/// <summary>The ports that docs/operations.md gives to resources.</summary>
internal static class PortTable
{
    private const int FirstUnprivileged = 1024;

    public static IEnumerable<(string Resource, int Port)> Read() =>
        from line in Document.All.Single(static document => document.Name == "docs/operations.md").Lines
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        where cells.Length > 3
        let names = cells[1].Split(", ")
        let ports = cells[2].Split(", ")
        where
            names.Length == ports.Length
            && ports.All(static port => int.TryParse(port, CultureInfo.InvariantCulture, out var number) && number >= FirstUnprivileged)
        from pair in names.Zip(ports)
        select (pair.First, int.Parse(pair.Second, CultureInfo.InvariantCulture));
}
