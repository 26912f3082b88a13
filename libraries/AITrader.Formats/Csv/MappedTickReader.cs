using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Csv;

/// <summary>Reads ticks from a CSV with a mapping: a row with a price is a trade (with the quote of that moment, where given), one without
/// a quote.</summary>
internal sealed class MappedTickReader : LineTickReader
{
    private readonly MappedRow _row;
    private readonly int _symbol = -1;

    internal MappedTickReader(LineReader lines, string file, SymbolTable symbols, CsvMapping mapping)
        : base(lines, file, symbols)
    {
        _row = new MappedRow(mapping, lines, file);
        if (mapping.Symbol is { } symbol)
        {
            _symbol = RequireSymbol("symbol", System.Text.Encoding.UTF8.GetBytes(symbol));
        }
    }

    /// <inheritdoc/>
    public override string Source => "csv";

    private protected override bool TryParse(ReadOnlySpan<byte> line, out PackedTick tick)
    {
        _row.Split(line);
        var isTrade = !_row.Field(line, CsvMeaning.Price).IsEmpty;
        var bid = isTrade ? _row.OptionalPrice(line, CsvMeaning.Bid) : _row.Price(line, CsvMeaning.Bid);
        var ask = isTrade ? _row.OptionalPrice(line, CsvMeaning.Ask) : _row.Price(line, CsvMeaning.Ask);
        if (bid.Nanos > 0 && ask.Nanos > 0 && ask < bid)
        {
            throw Failure("ask", $"{ask} is below the bid {bid}");
        }

        var size = _row.OptionalSize(line, CsvMeaning.Size);
        if (!isTrade && size.Raw > 0)
        {
            throw Failure("price", "is missing in a row that has a size");
        }

        tick = new PackedTick
        {
            TimeMicros = _row.Time(line),
            Kind = isTrade ? TickKind.Trade : TickKind.Quote,
            Symbol = _symbol >= 0 ? _symbol : RequireSymbol("symbol", _row.Field(line, CsvMeaning.Symbol)),
            Price = isTrade ? _row.Price(line, CsvMeaning.Price) : Price.Mid(bid, ask),
            Size = size,
            Bid = bid,
            BidSize = _row.OptionalSize(line, CsvMeaning.BidSize),
            Ask = ask,
            AskSize = _row.OptionalSize(line, CsvMeaning.AskSize),
        };
        return true;
    }
}
