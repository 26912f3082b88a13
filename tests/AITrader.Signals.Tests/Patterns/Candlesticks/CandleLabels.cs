using System.Globalization;
using AITrader.Signals.Indicators;
using AITrader.TestSupport;

namespace AITrader.Signals.Tests.Patterns.Candlesticks;

/// <summary>Daily bars with what TA-Lib said of them: one column a pattern, empty before its lookback.</summary>
internal sealed class CandleLabels
{
    private const int FirstColumn = 6;

    private readonly List<string[]> _rows;

    private CandleLabels(string[] names, List<string[]> rows)
    {
        Names = names[FirstColumn..];
        _rows = rows;
        Bars = rows.ConvertAll(static row => new BarInput(
            Number(row[1]),
            Number(row[2]),
            Number(row[3]),
            Number(row[4]),
            Number(row[5]),
            0
        ));
    }

    internal string[] Names { get; }

    internal List<BarInput> Bars { get; }

    internal static CandleLabels Open()
    {
        var lines = File.ReadAllLines(SharedData.Require("indicators-lean/spy_candle_patterns.txt"));
        return new CandleLabels(
            lines[0].Split(','),
            [.. lines.Skip(1).Where(static line => line.Length > 0).Select(static line => line.Split(','))]
        );
    }

    /// <summary>A column; null where it is empty.</summary>
    internal List<int?> Column(string name)
    {
        var column = Array.IndexOf(Names, name) + FirstColumn;
        Assert.True(column >= FirstColumn, $"no column {name}");
        return _rows.ConvertAll(row =>
            row[column].Trim() is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : (int?)null
        );
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
