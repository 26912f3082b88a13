using AITrader.Formats.Csv;
using AITrader.Formats.Reading;

namespace AITrader.Formats.ParquetFiles;

/// <summary>Parquet, by its name or its first bytes; a mapping beside the file may say what the columns mean.</summary>
internal sealed class ParquetFormat : FileFormat
{
    /// <summary>What ticks and bars of it give as their source.</summary>
    internal const string Name = "parquet";

    private static readonly string[] Suffixes = [".parquet", ".parq", ".pq"];

    internal override string Hint(FileContent content, bool isOfBars) => isOfBars ? " nor Parquet" : string.Empty;

    internal override FileFormat? Find(string path) =>
        Suffixes.Any(suffix => path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            ? new ParquetFile(CsvMapping.Find(path), path)
            : null;

    internal override bool Recognises(FileContent content) => ParquetTable.Recognises(content.Stream);

    internal override bool RecognisesLine(ReadOnlySpan<byte> first) => first.StartsWith(ParquetTable.Magic);

    internal override bool HoldsBars(string path)
    {
        using var file = MarketDataFile.Open(path);
        return ParquetTable.Recognises(file) && new ParquetFile(null, path).HoldsBars(path);
    }

    internal override TickReader OpenTicks(FileContent content) => new ParquetFile(null, content.Name).OpenTicks(content);

    internal override BarReader OpenBars(FileContent content) => new ParquetFile(null, content.Name).OpenBars(content);
}

/// <summary>A Parquet file with its mapping, where it has one.</summary>
internal sealed class ParquetFile(CsvMapping? mapping, string path) : FileFormat
{
    internal override bool HoldsBars(string path)
    {
        if (mapping is not null)
        {
            return mapping.IsBars;
        }

        using var table = ParquetTable.Open(MarketDataFile.Open(path), path);
        return ParquetLayout.LooksLikeBars(table.Fields);
    }

    internal override TickReader OpenTicks(FileContent content)
    {
        var (table, layout) = Open(content);
        return !layout.IsBars
            ? new ParquetTickReader(table, layout, content.Name, content.Symbols)
            : throw new MarketDataException(path, 0, "columns", "holds bars, not ticks");
    }

    internal override BarReader OpenBars(FileContent content)
    {
        var (table, layout) = Open(content);
        return layout.IsBars
            ? new ParquetBarReader(table, layout, content.Name, content.Symbols)
            : throw new MarketDataException(path, 0, "columns", "holds ticks, not bars");
    }

    // The lines of the content own the stream until a reader is returned, and close it where none is.
    private (ParquetTable Table, ParquetLayout Layout) Open(FileContent content)
    {
        var table = ParquetTable.Open(content.Stream, content.Name);
        return (table, new ParquetLayout(table.Fields, mapping, content.Name));
    }
}
