using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Lean;

/// <summary>Reads LEAN's tick files: trades, or quotes with or without sizes; rows that are marked suspicious are skipped.</summary>
/// <remarks>
/// The time is milliseconds of the day in the exchange's time zone, with a fraction where the vendor has one; the day and the symbol are in
/// the path.
/// <code>
/// forex quote:  292,1.38676,1.38686
/// cfd quote:    62.2662,1291.736,1292.142
/// crypto trade: 86400,232.40,93.1
/// crypto quote: 86400,232.40,20392.0,232.42,8059.5
/// equity trade: 34200000,950000,100,NSE,,0
/// equity quote: 34200000,949500,200,950000,100,NSE,,0
/// </code>
/// </remarks>
internal sealed class LeanTickReader : LineTickReader
{
    private readonly LeanFile _lean;
    private readonly LeanRow _row;
    private readonly int _symbol;

    internal LeanTickReader(LineReader lines, string file, SymbolTable symbols, LeanFile lean)
        : base(lines, file, symbols)
    {
        _lean = lean;
        _row = new LeanRow(lean, lines, file);
        _symbol = RequireSymbol("path", System.Text.Encoding.UTF8.GetBytes(lean.Symbol));
    }

    /// <inheritdoc/>
    public override string Source => $"lean-{_lean.Market}";

    private bool IsForex => _lean.Type is "forex" or "cfd";

    private bool IsEquity => _lean.Type == "equity";

    private protected override bool TryParse(ReadOnlySpan<byte> line, out PackedTick tick)
    {
        var (least, most, suspicious) = (_lean.IsQuote, IsForex, IsEquity) switch
        {
            (true, true, _) => (3, 3, 3),
            (true, _, true) => (5, 8, 7),
            (true, _, _) => (5, 6, 5),
            (false, _, true) => (3, 6, 5),
            _ => (3, 4, 3),
        };
        _row.Split(line, least, most);
        var time = _row.Time(line);
        tick = _lean.IsQuote ? Quote(line, time) : Trade(line, time);
        return !_row.Field(line, suspicious).SequenceEqual("1"u8);
    }

    private PackedTick Trade(ReadOnlySpan<byte> line, long time) =>
        new()
        {
            TimeMicros = time,
            Symbol = _symbol,
            Kind = TickKind.Trade,
            Price = _row.Price(line, 1, "price"),
            Size = _row.Size(line, 2, "size"),
        };

    private PackedTick Quote(ReadOnlySpan<byte> line, long time)
    {
        var bid = _row.OptionalPrice(line, 1, "bid");
        var ask = _row.OptionalPrice(line, IsForex ? 2 : 3, "ask");
        if (bid.Nanos == 0 && ask.Nanos == 0)
        {
            throw Failure("bid", "is missing, and so is the ask");
        }

        return new PackedTick
        {
            TimeMicros = time,
            Symbol = _symbol,
            Kind = TickKind.Quote,
            Price =
                bid.Nanos == 0 ? ask
                : ask.Nanos == 0 ? bid
                : Price.Mid(bid, ask),
            Bid = bid,
            BidSize = IsForex ? default : _row.Size(line, 2, "bid_size"),
            Ask = ask,
            AskSize = IsForex ? default : _row.Size(line, 4, "ask_size"),
        };
    }
}
