using System.Globalization;
using AITrader.Signals.Indicators;
using AITrader.TestSupport;

namespace AITrader.Signals.Tests.Indicators;

/// <summary>A shared file of daily bars with columns that someone else computed from them.</summary>
internal sealed class ReferenceFile
{
    private readonly string[] _names;
    private readonly List<string[]> _rows;

    private ReferenceFile(string[] names, List<string[]> rows)
    {
        _names = names;
        _rows = rows;
        Bars = rows.ConvertAll(ToBar);
    }

    internal List<BarInput> Bars { get; }

    internal static ReferenceFile Open(string name)
    {
        var lines = File.ReadAllLines(SharedData.Require($"indicators-lean/{name}"));
        var rows = lines.Skip(1).Where(static line => line.Length > 0).Select(static line => line.Split(','));
        return new ReferenceFile([.. lines[0].Split(',').Select(static column => column.Trim())], [.. rows]);
    }

    /// <summary>The files of prices.</summary>
    internal static List<string> Names() =>
        [
            .. Directory
                .GetFiles(Path.GetDirectoryName(SharedData.Require("indicators-lean/spy_ema.csv"))!)
                .Select(static path => Path.GetFileName(path))
                .Where(static name => name != "LICENSE")
                .Order(StringComparer.Ordinal),
        ];

    internal static List<string> Columns(string name) =>
        [.. File.ReadLines(SharedData.Require($"indicators-lean/{name}")).First().Split(',').Select(static column => column.Trim())];

    /// <summary>A column's values; NaN where a row has none.</summary>
    internal double[] Column(string name)
    {
        var column = Array.FindIndex(_names, candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase));
        Assert.True(column >= 0, $"no column {name}");
        return [.. _rows.Select(row => column < row.Length && row[column].Trim() is { Length: > 0 } text ? Number(text) : double.NaN)];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private BarInput ToBar(string[] row)
    {
        var close = Cell(row, "close", 0);
        return new BarInput(Cell(row, "open", close), Cell(row, "high", close), Cell(row, "low", close), close, Cell(row, "volume", 0), 0);
    }

    private double Cell(string[] row, string name, double missing)
    {
        var column = Array.FindIndex(_names, candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase));
        return column < 0 ? missing : Number(row[column]);
    }
}
