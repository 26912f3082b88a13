using AITrader.Formats.Reading;

namespace AITrader.Formats.Csv;

/// <summary>CSV whose columns a mapping explains, in a file beside it.</summary>
internal sealed class MappedCsvFormat : FileFormat
{
    internal override FileFormat? Find(string path) => CsvMapping.Find(path) is { } mapping ? new MappedCsvFile(mapping) : null;

    internal override string Hint(FileContent content, bool isOfBars) =>
        isOfBars ? $" nor a CSV with a {CsvMapping.Suffix} beside it" : $", and no {CsvMapping.Suffix} lies beside it";
}

/// <summary>A CSV file with its mapping.</summary>
internal sealed class MappedCsvFile(CsvMapping mapping) : FileFormat
{
    internal override bool HoldsBars(string path) => mapping.IsBars;

    internal override TickReader OpenTicks(FileContent content) =>
        !mapping.IsBars
            ? new MappedTickReader(content.Lines, content.Name, content.Symbols, mapping)
            : throw new MarketDataException(content.Name, 0, "mapping", "holds bars by its mapping, not ticks");

    internal override BarReader OpenBars(FileContent content) =>
        mapping.IsBars
            ? new MappedBarReader(content.Lines, content.Name, content.Symbols, mapping)
            : throw new MarketDataException(content.Name, 0, "mapping", "holds ticks by its mapping, not bars");
}
