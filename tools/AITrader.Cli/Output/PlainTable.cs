using Spectre.Console;

namespace AITrader.Cli.Output;

/// <summary>Makes tables without borders.</summary>
internal static class PlainTable
{
    private const int Gap = 2;

    /// <summary>A table with these columns and no rows.</summary>
    /// <remarks>Every column may wrap: with some that may not, Spectre.Console 0.57 looks without end for a width that a narrow console
    /// does not have.</remarks>
    public static Table With(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var column in columns)
        {
            table.AddColumn(
                new TableColumn(new Text(column, new Style(decoration: Decoration.Dim))) { Padding = new Padding(0, 0, Gap, 0) }
            );
        }

        return table;
    }
}
