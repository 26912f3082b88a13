using AITrader.Domain.Bars;
using AITrader.Domain.Instruments;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Csv;

/// <summary>Reads trade bars from a CSV with a mapping.</summary>
internal sealed class MappedBarReader : LineBarReader
{
    private readonly CsvMapping _mapping;
    private readonly MappedRow _row;
    private readonly int _symbol = -1;

    internal MappedBarReader(LineReader lines, string file, SymbolTable symbols, CsvMapping mapping)
        : base(lines, file, symbols)
    {
        _mapping = mapping;
        _row = new MappedRow(mapping, lines, file);
        if (mapping.Symbol is { } symbol)
        {
            _symbol = RequireSymbol("symbol", System.Text.Encoding.UTF8.GetBytes(symbol));
        }
    }

    /// <inheritdoc/>
    public override string Source => "csv";

    private protected override bool TryParse(ReadOnlySpan<byte> line, out Bar bar)
    {
        _row.Split(line);
        var (start, end) = _mapping.IntervalOf(_row.Time(line));
        bar = new Bar
        {
            Kind = BarKind.Trade,
            Symbol = _symbol >= 0 ? _symbol : RequireSymbol("symbol", _row.Field(line, CsvMeaning.Symbol)),
            StartMicros = start,
            EndMicros = end,
            Trade = new Ohlc(
                _row.Price(line, CsvMeaning.Open),
                _row.Price(line, CsvMeaning.High),
                _row.Price(line, CsvMeaning.Low),
                _row.Price(line, CsvMeaning.Close)
            ),
            Volume = _row.OptionalVolume(line, CsvMeaning.Volume),
            IsComplete = true,
        };
        return true;
    }
}
