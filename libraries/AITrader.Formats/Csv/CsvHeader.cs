using System.Text;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Csv;

/// <summary>Columns of a CSV file, by name in any order.</summary>
internal sealed class CsvHeader
{
    internal const string Expected = "symbol,time,price,size,bid,ask[,bid_size,ask_size][,flags,received]";

    private const string Hint = $"expected {Expected}, or a {CsvMapping.Suffix} beside the file";

    /// <summary>Columns in the order of <see cref="CsvColumn"/>; from the seventh on they may be absent.</summary>
    internal static readonly string[] Names =
    [
        "symbol",
        "time",
        "price",
        "size",
        "bid",
        "ask",
        "bid_size",
        "ask_size",
        "flags",
        "received",
    ];

    private const int Required = 6;

    private readonly CsvColumn[] _columns;

    private CsvHeader(CsvColumn[] columns) => _columns = columns;

    internal int Count => _columns.Length;

    internal CsvColumn this[int position] => _columns[position];

    internal static CsvHeader Parse(ReadOnlySpan<byte> line, string file)
    {
        var names = Encoding.UTF8.GetString(line).Split(',').Select(static name => name.Trim().Trim('"')).ToArray();
        var columns = Array.ConvertAll(names, name =>
            (CsvColumn)Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
        );
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] < 0 || Array.IndexOf(columns, columns[i]) != i)
            {
                var problem = columns[i] < 0 ? "is not known" : "is there twice";
                throw new MarketDataException(
                    file,
                    1,
                    "header",
                    $"column '{OutsideText.Show(Encoding.UTF8.GetBytes(names[i]))}' {problem}; {Hint}"
                );
            }
        }

        foreach (var name in Names.Take(Required).Where((_, column) => !columns.Contains((CsvColumn)column)))
        {
            throw new MarketDataException(file, 1, "header", $"column '{name}' is missing; {Hint}");
        }

        return new CsvHeader(columns);
    }
}

/// <summary>Columns of a CSV file.</summary>
internal enum CsvColumn
{
    Symbol,
    Time,
    Price,
    Size,
    Bid,
    Ask,
    BidSize,
    AskSize,
    Flags,
    Received,
}
