using AITrader.Domain.Bars;
using AITrader.Domain.Instruments;
using AITrader.Domain.Time;
using AITrader.Formats.Csv;
using AITrader.Formats.Reading;

namespace AITrader.Formats.ParquetFiles;

/// <summary>Reads trade bars from a Parquet file. How long a bar is says the mapping; without one it is the shortest step between two bars
/// of a symbol.</summary>
internal sealed class ParquetBarReader : BarReader
{
    private const long Second = EventTime.MicrosPerSecond;

    private static readonly ParquetMeaning[] OfSteps = [ParquetMeaning.Symbol, ParquetMeaning.Time];

    private readonly ParquetTable _table;
    private readonly CsvMapping? _mapping;
    private readonly ParquetRows _rows;
    private readonly long _length;

    internal ParquetBarReader(ParquetTable table, ParquetLayout layout, string file, SymbolTable symbols)
        : base(file, symbols)
    {
        (_table, _mapping) = (table, layout.Mapping);
        _rows = new ParquetRows(table, layout, file);
        _length = _mapping is null ? ShortestStep(new ParquetRows(table, layout, file, OfSteps)) : 0;
    }

    /// <inheritdoc/>
    public override string Source => ParquetFormat.Name;

    /// <inheritdoc/>
    public override long Line => _rows.Row;

    private protected override bool TryReadBar(out Bar bar)
    {
        bar = default;
        if (!_rows.TryMove())
        {
            return false;
        }

        var stamp = _rows.Time(ParquetMeaning.Time);
        var (start, end) = _mapping?.IntervalOf(stamp) ?? (stamp, stamp + _length);
        bar = new Bar
        {
            Kind = BarKind.Trade,
            Symbol = _rows.Symbol(Symbols),
            StartMicros = start,
            EndMicros = end,
            Trade = new Ohlc(
                _rows.Price(ParquetMeaning.Open),
                _rows.Price(ParquetMeaning.High),
                _rows.Price(ParquetMeaning.Low),
                _rows.Price(ParquetMeaning.Close)
            ),
            Volume = _rows.OptionalVolume(ParquetMeaning.Volume),
            IsComplete = true,
        };
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _table.Dispose();

    private static long ShortestStep(ParquetRows rows)
    {
        var symbols = new SymbolTable();
        var last = new Dictionary<int, long>();
        var shortest = long.MaxValue;
        while (rows.TryMove())
        {
            var (symbol, time) = (rows.Symbol(symbols), rows.Time(ParquetMeaning.Time));
            if (last.TryGetValue(symbol, out var before) && time > before)
            {
                shortest = Math.Min(shortest, time - before);
            }

            last[symbol] = time;
        }

        // A file without rows says so when it is read.
        return shortest >= Second && EventTime.MicrosPerDay % shortest == 0 ? shortest
            : rows.Row == 0 ? Second
            : throw rows.Failure(
                ParquetMeaning.Time,
                shortest == long.MaxValue
                    ? $"one bar does not say how long it is: give the period in a {CsvMapping.Suffix} beside the file"
                    : $"the shortest step between two bars is {TimeSpan.FromMicroseconds(shortest)}, no length that divides a day: give the period in a {CsvMapping.Suffix} beside the file"
            );
    }
}
