using System.Globalization;
using System.Text;
using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;
using AITrader.Domain.Time;
using AITrader.Formats.Csv;
using AITrader.Formats.Reading;

namespace AITrader.Formats.ParquetFiles;

/// <summary>Walks along the rows of a Parquet file, with the values of one row group in memory. For one thread.</summary>
internal sealed class ParquetRows(ParquetTable table, ParquetLayout layout, string file, IReadOnlyList<ParquetMeaning>? only = null)
{
    // A binary fraction stands for the decimal that is nearest to it, at the decimals that books carry.
    private const int BinaryDecimals = 8;

    // A moment before 17 February 1970 is one of today in a coarser unit than the file says; a number below this, no time of a market.
    private const long FirstMoment = 4_102_444_800_000_000 / 1_000;
    private const long FirstEpoch = 100_000_000L * EventTime.MicrosPerSecond;

    private readonly ParquetColumn?[] _columns = new ParquetColumn?[Enum.GetValues<ParquetMeaning>().Length];
    private int _group = -1;
    private int _rows;
    private int _row = -1;
    private long _before = long.MinValue;

    /// <summary>Number of the row, from 1.</summary>
    internal long Row { get; private set; }

    /// <summary>Goes to the next row; false at the end.</summary>
    internal bool TryMove()
    {
        while (++_row >= _rows)
        {
            if (++_group >= table.Groups)
            {
                return false;
            }

            Load();
        }

        Row++;
        return true;
    }

    internal MarketDataException Failure(ParquetMeaning meaning, string problem) =>
        new(file, Math.Max(Row, 1), ParquetNames.NameOf(meaning), problem);

    /// <summary>Whether the row has a value for a meaning.</summary>
    internal bool Has(ParquetMeaning meaning) => _columns[(int)meaning] is { } column && !column.IsMissing(_row);

    /// <summary>The value as text; empty where there is none.</summary>
    internal string Text(ParquetMeaning meaning) => Has(meaning) ? _columns[(int)meaning]!.Text(_row) : string.Empty;

    /// <summary>The row's symbol, or that of the mapping.</summary>
    internal int Symbol(SymbolTable symbols)
    {
        var name = layout.Mapping?.Symbol ?? Text(ParquetMeaning.Symbol);
        var text = Encoding.UTF8.GetBytes(name);
        return name.Length == 0 ? throw Failure(ParquetMeaning.Symbol, "is missing")
            : symbols.TryIntern(text, out var symbol) ? symbol
            : throw Failure(ParquetMeaning.Symbol, TickReader.DescribeSymbol(text));
    }

    /// <summary>Microseconds since 1970 UTC; what is finer is cut off.</summary>
    internal long Time(ParquetMeaning meaning)
    {
        if (!Has(meaning))
        {
            throw Failure(meaning, "is missing");
        }

        var column = _columns[(int)meaning]!;
        var micros = column.TryMoment(_row, out var moment, out var isUtc) ? MicrosOf(meaning, moment, isUtc) : Epoch(meaning, column);
        _before = meaning == ParquetMeaning.Time ? Math.Max(_before, micros) : _before;
        return micros;
    }

    /// <summary>A price above zero.</summary>
    internal Price Price(ParquetMeaning meaning) =>
        Number(meaning) is var number && number > 0 && Domain.Prices.Price.TryCreate(number, out var price)
            ? price
            : throw Wrong(meaning, number, Domain.Prices.Price.Decimals, "above zero", isWrongSign: number <= 0);

    /// <summary>A price above zero, or zero where there is none.</summary>
    internal Price OptionalPrice(ParquetMeaning meaning) => Has(meaning) ? Price(meaning) : default;

    /// <summary>A quantity, or zero where there is none.</summary>
    internal Quantity OptionalSize(ParquetMeaning meaning) =>
        !Has(meaning) ? default
        : Number(meaning) is var number && number >= 0 && Quantity.TryCreate(number, out var quantity) ? quantity
        : throw Wrong(meaning, number, Quantity.Decimals, "zero or above", isWrongSign: number < 0);

    /// <summary>A volume, or zero where there is none.</summary>
    internal Volume OptionalVolume(ParquetMeaning meaning)
    {
        if (!Has(meaning))
        {
            return default;
        }

        var number = Number(meaning);
        var whole = decimal.Truncate(number);
        return number >= 0 && decimal.Round(number, Quantity.Decimals) == number
            ? Volume.FromRaw(((Int128)whole * Quantity.Scale) + (Int128)((number - whole) * Quantity.Scale))
            : throw Wrong(meaning, number, Quantity.Decimals, "zero or above", isWrongSign: number < 0);
    }

    private void Load()
    {
        (_rows, _row) = (table.RowsOf(_group), -1);
        if (_rows > 0)
        {
            foreach (var (meaning, field) in layout.Columns.Where(column => only?.Contains(column.Meaning) ?? true))
            {
                _columns[(int)meaning] = null; // so that its memory can be taken for the next group's
                _columns[(int)meaning] = table.Read(_group, field);
            }
        }
    }

    private long MicrosOf(ParquetMeaning meaning, long micros, bool isUtc) =>
        micros is < FirstMoment or > EventTime.MaxMicros
            ? throw Failure(
                meaning,
                $"'{_columns[(int)meaning]!.Text(_row)}' is no time of a market: perhaps numbers of one unit were written as another one"
            )
        // Without a zone in the file it is a wall clock's: that of the mapping's zone, else UTC.
        : !isUtc && layout.Mapping is { } mapping ? mapping.Time.Clock.MicrosAfter(EventTime.FromMicros(micros).DateTime, _before)
        : micros;

    private long Epoch(ParquetMeaning meaning, ParquetColumn column)
    {
        var text = Encoding.UTF8.GetBytes(column.Text(_row));
        if (layout.Mapping is { } mapping)
        {
            return mapping.Time.TryParse(text, _before, out var mapped) ? mapped : throw Failure(meaning, mapping.Time.Describe(text));
        }

        return CsvTime.TryParse(text, out var micros) && micros >= FirstEpoch
            ? micros
            : throw Failure(
                meaning,
                $"'{OutsideText.Show(text)}' is neither a timestamp, ISO 8601, nor an epoch time in s, ms, us or ns from 1973 on"
            );
    }

    private decimal Number(ParquetMeaning meaning)
    {
        if (!Has(meaning))
        {
            throw Failure(meaning, "is missing (null or NaN); leave such rows out, as by dropna()");
        }

        var column = _columns[(int)meaning]!;
        return !column.TryNumber(_row, out var number)
                ? throw Failure(meaning, $"'{OutsideText.Show(Encoding.UTF8.GetBytes(column.Text(_row)))}' is no number of a market")
            : column.IsBinary ? decimal.Round(number, BinaryDecimals)
            : number;
    }

    private MarketDataException Wrong(ParquetMeaning meaning, decimal number, int decimals, string range, bool isWrongSign)
    {
        var shown = number.ToString(CultureInfo.InvariantCulture);
        return Failure(
            meaning,
            isWrongSign ? $"'{shown}' must be {range}"
                : decimal.Round(number, decimals) == number ? $"'{shown}' is too large"
                : $"'{shown}' has more than {decimals} decimals"
        );
    }
}
