using AITrader.Formats.Csv;
using AITrader.Formats.Reading;
using Parquet.Schema;

namespace AITrader.Formats.ParquetFiles;

/// <summary>Which columns of a Parquet file mean what: by their names, or by a mapping beside the file. Immutable.</summary>
internal sealed class ParquetLayout
{
    private readonly DataField?[] _columns = new DataField?[Enum.GetValues<ParquetMeaning>().Length];
    private readonly IReadOnlyList<DataField> _fields;
    private readonly string _file;

    /// <exception cref="MarketDataException">The columns are none of ticks or bars, or not clear.</exception>
    internal ParquetLayout(IReadOnlyList<DataField> fields, CsvMapping? mapping, string file)
    {
        (_fields, _file, Mapping) = (fields, file, mapping);
        IsBars = mapping?.IsBars ?? LooksLikeBars(fields);
        if (mapping is null)
        {
            TakeByNames();
        }
        else
        {
            TakeByMapping(mapping);
        }

        Require();
    }

    /// <summary>Whether rows are bars; else they are ticks.</summary>
    internal bool IsBars { get; }

    /// <summary>The mapping beside the file.</summary>
    internal CsvMapping? Mapping { get; }

    /// <summary>The columns that are read.</summary>
    internal IEnumerable<(ParquetMeaning Meaning, DataField Field)> Columns =>
        Enum.GetValues<ParquetMeaning>()
            .Where(meaning => _columns[(int)meaning] is not null)
            .Select(meaning => (meaning, _columns[(int)meaning]!));

    /// <summary>Whether there is a column of a meaning.</summary>
    internal bool Has(ParquetMeaning meaning) => _columns[(int)meaning] is not null;

    /// <summary>Whether columns are those of bars: open, high, low and close are there.</summary>
    internal static bool LooksLikeBars(IReadOnlyList<DataField> fields) =>
        ParquetNames.Prices.All(price => fields.Any(field => ParquetNames.Find(field.Name, isBars: true) == price));

    private void TakeByNames()
    {
        foreach (var field in _fields)
        {
            if (ParquetNames.Find(field.Name, IsBars) is { } meaning)
            {
                var known = _columns[(int)meaning];
                _columns[(int)meaning] = known is null ? field : throw Ambiguous(meaning, known.Name, field.Name);
            }
        }

        _columns[(int)ParquetMeaning.Time] ??= _fields.FirstOrDefault(static field => field.Name == ParquetNames.UnnamedIndex);
    }

    private void TakeByMapping(CsvMapping mapping)
    {
        for (var i = 0; i < CsvMapping.Names.Length; i++)
        {
            if (mapping.Columns[i] is { } column)
            {
                _columns[(int)MeaningOf(CsvMapping.Names[i])] = Find(column, CsvMapping.Names[i]);
            }
        }
    }

    private ParquetMeaning MeaningOf(string name) =>
        name == "date"
            ? throw Failure("date", "a mapping of a Parquet file has no columns.date: columns.time is one column")
            : Array.Find(Enum.GetValues<ParquetMeaning>(), meaning => ParquetNames.NameOf(meaning) == name);

    private DataField Find(CsvSourceColumn column, string name)
    {
        if (column.Name is null)
        {
            return column.Index < _fields.Count
                ? _fields[column.Index]
                : throw Failure(name, $"is mapped to column {column.Index + 1}, but the file has {_fields.Count}");
        }

        return _fields.FirstOrDefault(field => field.Name == column.Name)
            ?? _fields.FirstOrDefault(field => field.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase))
            ?? throw Failure("columns", $"column '{column.Name}' ({name}) is not there; the file has {Names()}");
    }

    private void Require()
    {
        RequireColumn(ParquetMeaning.Time, "a column such as timestamp");
        if (!IsBars && _columns[(int)ParquetMeaning.Price] is null)
        {
            RequireColumn(ParquetMeaning.Bid, "open, high, low and close of bars, price of trades, or bid and ask of quotes");
            RequireColumn(ParquetMeaning.Ask, "the ask beside the bid");
        }

        if (Mapping?.Symbol is null)
        {
            RequireColumn(
                ParquetMeaning.Symbol,
                $"a column symbol, or the symbol in a {CsvMapping.Suffix} beside the file (docs/market-data.md, section 2)"
            );
        }
    }

    private void RequireColumn(ParquetMeaning meaning, string wanted)
    {
        if (_columns[(int)meaning] is null)
        {
            throw Failure("columns", $"no column for {ParquetNames.NameOf(meaning)}: wanted is {wanted}; the file has {Names()}");
        }
    }

    private MarketDataException Ambiguous(ParquetMeaning meaning, string first, string second) =>
        Failure(
            "columns",
            $"'{first}' and '{second}' may both be the {ParquetNames.NameOf(meaning)}: name one of them otherwise, or say which it is in a {CsvMapping.Suffix} beside the file"
        );

    private string Names() =>
        _fields.Count == 0
            ? "none"
            : OutsideText.Show(System.Text.Encoding.UTF8.GetBytes(string.Join(' ', _fields.Select(static field => field.Name))), most: 200);

    private MarketDataException Failure(string field, string problem) => new(_file, 1, field, problem);
}
