using System.Text;
using AITrader.Domain.Prices;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Csv;

/// <summary>One row of a CSV with a mapping, taken apart. Fields may stand in quotation marks. For one thread.</summary>
internal sealed class MappedRow
{
    /// <summary>Most columns of a file.</summary>
    internal const int MaxFields = 1_024;

    private readonly CsvMapping _mapping;
    private readonly LineReader _lines;
    private readonly string _file;
    private readonly Range[] _fields = new Range[MaxFields];
    private readonly int[] _columns = new int[CsvMapping.Names.Length];
    private readonly int _expected; // fields of every row; 0: of the first row
    private readonly byte[] _joined = new byte[128];
    private int _count;
    private long _before = long.MinValue;

    /// <summary>Reads the header, where there is one.</summary>
    internal MappedRow(CsvMapping mapping, LineReader lines, string file)
    {
        _mapping = mapping;
        _lines = lines;
        _file = file;
        var header = mapping.HasHeader ? ReadHeader() : [];
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i] =
                mapping.Columns[i] is not { } column ? -1
                : column.Name is null ? column.Index
                : Find(header, column.Name, CsvMapping.Names[i]);
            if (mapping.HasHeader && _columns[i] >= header.Length)
            {
                throw Failure(CsvMapping.Names[i], $"is mapped to column {_columns[i] + 1}, but the header has {header.Length}");
            }
        }

        _expected = header.Length;
    }

    internal MarketDataException Failure(string field, string problem) => new(_file, Math.Max(_lines.Line, 1), field, problem);

    internal void Split(ReadOnlySpan<byte> line)
    {
        Cut(line);
        if (_expected > 0 && _count != _expected)
        {
            throw Failure("row", $"has {_count} fields where the header has {_expected}");
        }
    }

    /// <summary>Text of a meaning; empty where it has no column.</summary>
    internal ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, CsvMeaning meaning)
    {
        var column = _columns[(int)meaning];
        if (column < 0)
        {
            return default;
        }

        return column < _count
            ? line[_fields[column]]
            : throw Failure(CsvMapping.Names[(int)meaning], $"column {column + 1} is missing; the row has {_count} fields");
    }

    internal long Time(ReadOnlySpan<byte> line)
    {
        var date = Field(line, CsvMeaning.Date);
        var text = Field(line, CsvMeaning.Time);
        if (!date.IsEmpty && date.Length + 1 + text.Length <= _joined.Length)
        {
            date.CopyTo(_joined);
            _joined[date.Length] = (byte)' ';
            text.CopyTo(_joined.AsSpan(date.Length + 1));
            text = _joined.AsSpan(0, date.Length + 1 + text.Length);
        }

        if (!_mapping.Time.TryParse(text, _before, out var micros))
        {
            throw Failure("time", _mapping.Time.Describe(text));
        }

        _before = Math.Max(_before, micros);
        return micros;
    }

    internal Price Price(ReadOnlySpan<byte> line, CsvMeaning meaning)
    {
        var text = Field(line, meaning);
        var problem = Domain.Prices.Price.TryParse(text, out var price);
        return problem == FixedPointProblem.None && price.Nanos > 0
            ? price
            : throw Failure(CsvMapping.Names[(int)meaning], TickReader.Describe(problem, text, Domain.Prices.Price.Decimals, "above zero"));
    }

    internal Price OptionalPrice(ReadOnlySpan<byte> line, CsvMeaning meaning) =>
        Field(line, meaning).IsEmpty ? default : Price(line, meaning);

    internal Quantity OptionalSize(ReadOnlySpan<byte> line, CsvMeaning meaning)
    {
        var quantity = default(Quantity);
        var text = Field(line, meaning);
        var problem = text.IsEmpty ? FixedPointProblem.None : Quantity.TryParse(text, out quantity);
        return problem == FixedPointProblem.None ? quantity : throw WrongSize(meaning, problem, text);
    }

    internal Volume OptionalVolume(ReadOnlySpan<byte> line, CsvMeaning meaning)
    {
        var volume = default(Volume);
        var text = Field(line, meaning);
        var problem = text.IsEmpty ? FixedPointProblem.None : Volume.TryParse(text, out volume);
        return problem == FixedPointProblem.None ? volume : throw WrongSize(meaning, problem, text);
    }

    private MarketDataException WrongSize(CsvMeaning meaning, FixedPointProblem problem, ReadOnlySpan<byte> text) =>
        Failure(CsvMapping.Names[(int)meaning], TickReader.Describe(problem, text, Quantity.Decimals, "zero or above"));

    private string[] ReadHeader()
    {
        if (!_lines.TryRead(out var line))
        {
            throw Failure("file", "is empty");
        }

        line = line.StartsWith("\uFEFF"u8) ? line["\uFEFF"u8.Length..] : line;
        Cut(line);
        var header = new string[_count];
        for (var i = 0; i < _count; i++)
        {
            header[i] = Encoding.UTF8.GetString(line[_fields[i]]);
        }

        return header;
    }

    private int Find(string[] header, string column, string name)
    {
        var exact = Array.FindAll(Enumerable.Range(0, header.Length).ToArray(), i => header[i].Equals(column, StringComparison.Ordinal));
        var found =
            exact.Length > 0
                ? exact
                : Array.FindAll(Enumerable.Range(0, header.Length).ToArray(), i =>
                    header[i].Equals(column, StringComparison.OrdinalIgnoreCase)
                );
        return found.Length == 1
            ? found[0]
            : throw Failure(
                "header",
                $"column '{Show(column)}' ({name}) is there {(found.Length == 0 ? "not at all" : "more than once")}; the header has {Show(string.Join(" ", header))}"
            );
    }

    private void Cut(ReadOnlySpan<byte> line)
    {
        _count = 0;
        for (var start = 0; start <= line.Length; )
        {
            if (_count == MaxFields)
            {
                throw Failure("row", $"has more than {MaxFields} fields");
            }

            var end = EndOf(line, start);
            _fields[_count++] = Inside(line, start, end);
            start = end + 1;
        }
    }

    /// <summary>Index of the delimiter after a field, or the line's length.</summary>
    private int EndOf(ReadOnlySpan<byte> line, int start)
    {
        var from = start;
        if (start < line.Length && line[start] == '"')
        {
            var close = line[(start + 1)..].IndexOf((byte)'"');
            if (close < 0)
            {
                throw Failure("row", $"field {_count + 1} has a quotation mark that is not closed");
            }

            from = start + close + 2;
            if (from < line.Length && line[from] != _mapping.Delimiter)
            {
                throw Failure("row", $"field {_count + 1} goes on after its quotation mark");
            }
        }

        var next = line[from..].IndexOf(_mapping.Delimiter);
        return next < 0 ? line.Length : from + next;
    }

    private static Range Inside(ReadOnlySpan<byte> line, int start, int end)
    {
        if (end - start >= 2 && line[start] == '"')
        {
            (start, end) = (start + 1, end - 1);
        }

        var trimmed = Ascii.Trim(line[start..end]);
        return (start + trimmed.Start.Value)..(start + trimmed.End.Value);
    }

    private static string Show(string text) => OutsideText.Show(Encoding.UTF8.GetBytes(text));
}
