using System.Text.Json;

namespace AITrader.Formats.Csv;

/// <summary>Meanings of columns, in the order of <see cref="CsvMapping.Names"/>.</summary>
internal enum CsvMeaning
{
    Symbol,
    Date,
    Time,
    Price,
    Size,
    Bid,
    Ask,
    BidSize,
    AskSize,
    Open,
    High,
    Low,
    Close,
    Volume,
}

/// <summary>Where a value is: by the name in the header, or by index from 0.</summary>
internal sealed record CsvSourceColumn(string? Name, int Index);

/// <summary>A mapping as it is written.</summary>
internal sealed record CsvMappingFile(
    string Rows,
    Dictionary<string, JsonElement> Columns,
    CsvTimeFile Time,
    string Delimiter = ",",
    bool Header = true,
    string? Symbol = null,
    string? Period = null,
    string Stamp = "start"
);

/// <summary>Times as they are written.</summary>
internal sealed record CsvTimeFile(string Format = "iso", string Zone = "UTC");
