using AITrader.Domain.Bars;
using AITrader.Domain.Instruments;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Lean;

/// <summary>Reads LEAN's second, minute, hour and daily files, of trades or of quotes.</summary>
/// <remarks>
/// The time of a second or minute row is milliseconds of the day in the exchange's time zone, that of an hour or daily row a local date and
/// time.
/// <code>
/// trade: 33300000,950000,950000,939000,948500,1730100
/// quote: 0,1.38676,1.38686,1.38669,1.38686,0,1.38686,1.38697,1.38680,1.38697,0
/// daily: 20141201 00:00,300,370,300,370,0.05655554
/// </code>
/// </remarks>
internal sealed class LeanBarReader : LineBarReader
{
    private const int TradeFields = 6;
    private const int QuoteFields = 11;

    private readonly LeanFile _lean;
    private readonly LeanRow _row;
    private readonly int _symbol;

    internal LeanBarReader(LineReader lines, string file, SymbolTable symbols, LeanFile lean)
        : base(lines, file, symbols)
    {
        _lean = lean;
        _row = new LeanRow(lean, lines, file);
        _symbol = RequireSymbol("path", System.Text.Encoding.UTF8.GetBytes(lean.Symbol));
    }

    /// <inheritdoc/>
    public override string Source => $"lean-{_lean.Market}";

    private protected override bool TryParse(ReadOnlySpan<byte> line, out Bar bar)
    {
        var fields = _lean.IsQuote ? QuoteFields : TradeFields;
        _row.Split(line, fields, fields);
        var start = _row.Time(line);
        bar = new Bar
        {
            Kind = _lean.IsQuote ? BarKind.Quote : BarKind.Trade,
            Symbol = _symbol,
            StartMicros = start,
            EndMicros = _row.EndOf(start),
            IsComplete = true,
        };
        bar = _lean.IsQuote ? Quote(line, bar) : bar with { Trade = Prices(line, 1, ""), Volume = _row.Volume(line, 5, "volume") };
        return true;
    }

    private Bar Quote(ReadOnlySpan<byte> line, in Bar bar)
    {
        var bid = OptionalPrices(line, 1, "bid_");
        var ask = OptionalPrices(line, 6, "ask_");
        if (!bid.IsKnown && !ask.IsKnown)
        {
            throw Failure("bid_open", "is missing, and so are the prices of the ask");
        }

        return bar with
        {
            Bid = bid,
            BidSize = bid.IsKnown ? _row.Size(line, 5, "bid_size") : default,
            Ask = ask,
            AskSize = ask.IsKnown ? _row.Size(line, 10, "ask_size") : default,
        };
    }

    private Ohlc OptionalPrices(ReadOnlySpan<byte> line, int first, string side)
    {
        for (var i = first; i < first + 4; i++)
        {
            if (!_row.Field(line, i).IsEmpty)
            {
                return Prices(line, first, side);
            }
        }

        return default;
    }

    private Ohlc Prices(ReadOnlySpan<byte> line, int first, string side) =>
        new(
            _row.Price(line, first, side + "open"),
            _row.Price(line, first + 1, side + "high"),
            _row.Price(line, first + 2, side + "low"),
            _row.Price(line, first + 3, side + "close")
        );
}
