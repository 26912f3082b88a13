using System.Text;
using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Formats.Csv;
using AITrader.Formats.Reading;

namespace AITrader.Formats.ParquetFiles;

/// <summary>Reads ticks from a Parquet file: a row with a price is a trade (with the quote of that moment, where given), one without, or
/// one whose kind says so, is a quote.</summary>
internal sealed class ParquetTickReader(ParquetTable table, ParquetLayout layout, string file, SymbolTable symbols)
    : TickReader(file, symbols)
{
    private readonly ParquetRows _rows = new(table, layout, file);

    /// <inheritdoc/>
    public override string Source => ParquetFormat.Name;

    /// <inheritdoc/>
    public override long Line => _rows.Row;

    private protected override bool TryReadTick(out PackedTick tick)
    {
        tick = default;
        if (!_rows.TryMove())
        {
            return false;
        }

        var isTrade = IsTrade();
        var bid = isTrade ? _rows.OptionalPrice(ParquetMeaning.Bid) : _rows.Price(ParquetMeaning.Bid);
        var ask = isTrade ? _rows.OptionalPrice(ParquetMeaning.Ask) : _rows.Price(ParquetMeaning.Ask);
        var flags = Flags();
        if (bid.Nanos > 0 && ask.Nanos > 0 && ask < bid && (flags & TickFlags.Crossed) == 0)
        {
            throw _rows.Failure(ParquetMeaning.Ask, $"{ask} is below the bid {bid}");
        }

        var size = _rows.OptionalSize(ParquetMeaning.Size);
        if (!isTrade && size.Raw > 0)
        {
            throw _rows.Failure(ParquetMeaning.Price, "is missing in a row that has a size");
        }

        tick = new PackedTick
        {
            TimeMicros = _rows.Time(ParquetMeaning.Time),
            Kind = isTrade ? TickKind.Trade : TickKind.Quote,
            Symbol = _rows.Symbol(Symbols),
            Price = isTrade ? _rows.Price(ParquetMeaning.Price) : Price.Mid(bid, ask),
            Size = size,
            Bid = bid,
            BidSize = _rows.OptionalSize(ParquetMeaning.BidSize),
            Ask = ask,
            AskSize = _rows.OptionalSize(ParquetMeaning.AskSize),
            Flags = flags,
        };
        ReceivedMicros = _rows.Has(ParquetMeaning.Received) ? _rows.Time(ParquetMeaning.Received) : 0;
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => table.Dispose();

    // Our own files give a quote its mid as the price.
    private bool IsTrade() =>
        _rows.Text(ParquetMeaning.Kind) switch
        {
            "" => _rows.Has(ParquetMeaning.Price) || !layout.Has(ParquetMeaning.Bid),
            "trade" => true,
            "quote" => false,
            var kind => throw _rows.Failure(
                ParquetMeaning.Kind,
                $"'{OutsideText.Show(Encoding.UTF8.GetBytes(kind))}' is neither trade nor quote"
            ),
        };

    private TickFlags Flags()
    {
        var flags = TickFlags.None;
        foreach (var word in _rows.Text(ParquetMeaning.Flags).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            flags |= TickFlagNames.Find(Encoding.UTF8.GetBytes(word))
                ?? throw _rows.Failure(
                    ParquetMeaning.Flags,
                    $"'{OutsideText.Show(Encoding.UTF8.GetBytes(word))}' is no flag; known are {TickFlagNames.All}, with a space between"
                );
        }

        return flags;
    }
}
