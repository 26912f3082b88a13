using System.Text;
using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Csv;

/// <summary>Reads plain CSV: a row with a price is a trade (with the quote of that moment, where given), a row without one is a
/// quote.</summary>
/// <remarks>
/// Times are ISO 8601 (UTC where no offset is given) or epoch seconds, milliseconds, microseconds or nanoseconds, told apart by magnitude.
/// <code>
/// symbol,time,price,size,bid,ask
/// NSE:INFY,2026-01-05T03:45:00.250Z,1540.05,12,1540.00,1540.10
/// NSE:INFY,1767584700500,,,1540.05,1540.15
/// </code>
/// Fields may stand in quotation marks. A quote whose bid is above its ask is taken only where its flags say so.
/// </remarks>
internal sealed class CsvTickReader(LineReader lines, string file, SymbolTable symbols, CsvHeader header)
    : LineTickReader(lines, file, symbols)
{
    private const int MaxHeader = 1024;

    private readonly Range[] _fields = new Range[CsvHeader.Names.Length];

    /// <inheritdoc/>
    public override string Source => "csv";

    /// <summary>A header that names at least one of our columns: what else it lacks is then said column by column.</summary>
    internal static bool Recognises(ReadOnlySpan<byte> line)
    {
        if (line.Length > MaxHeader || !Ascii.IsValid(line) || !line.Contains((byte)','))
        {
            return false;
        }

        var names = Encoding.ASCII.GetString(line).Split(',').Select(static name => name.Trim().Trim('"'));
        return names.Intersect(CsvHeader.Names, StringComparer.OrdinalIgnoreCase).Any();
    }

    private protected override bool TryParse(ReadOnlySpan<byte> line, out PackedTick tick)
    {
        Split(line);
        var micros = CsvTime.TryParse(Field(line, CsvColumn.Time), out var time)
            ? time
            : throw Failure("time", $"'{OutsideText.Show(Field(line, CsvColumn.Time))}' is neither ISO 8601 nor an epoch time");
        var price = Field(line, CsvColumn.Price);
        var isTrade = !price.IsEmpty;
        var bid = OptionalPrice(line, CsvColumn.Bid, isTrade);
        var ask = OptionalPrice(line, CsvColumn.Ask, isTrade);
        var flags = Flags(Field(line, CsvColumn.Flags));
        if (bid.Nanos > 0 && ask.Nanos > 0 && ask < bid && (flags & TickFlags.Crossed) == 0)
        {
            throw Failure("ask", $"{ask} is below the bid {bid}");
        }

        var size = OptionalQuantity(line, CsvColumn.Size);
        if (!isTrade && size.Raw > 0)
        {
            throw Failure("price", "is missing in a row that has a size");
        }

        tick = new PackedTick
        {
            TimeMicros = micros,
            Kind = isTrade ? TickKind.Trade : TickKind.Quote,
            Symbol = RequireSymbol("symbol", Field(line, CsvColumn.Symbol)),
            Price = isTrade ? RequirePrice("price", price) : Price.Mid(bid, ask),
            Size = size,
            Bid = bid,
            BidSize = OptionalQuantity(line, CsvColumn.BidSize),
            Ask = ask,
            AskSize = OptionalQuantity(line, CsvColumn.AskSize),
            Flags = flags,
        };
        ReceivedMicros = Received(Field(line, CsvColumn.Received));
        return true;
    }

    private void Split(ReadOnlySpan<byte> line)
    {
        Array.Clear(_fields);
        var position = 0;
        for (var start = 0; start <= line.Length; position++)
        {
            var comma = line[start..].IndexOf((byte)',');
            var end = comma < 0 ? line.Length : start + comma;
            if (position < header.Count)
            {
                _fields[(int)header[position]] = start..end;
            }

            start = end + 1;
        }

        if (position != header.Count)
        {
            throw Failure("row", $"has {position} fields where the header has {header.Count}");
        }
    }

    private ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, CsvColumn column)
    {
        var text = line[_fields[(int)column]];
        text = text[Ascii.Trim(text)];
        return text is [(byte)'"', .. var quoted, (byte)'"'] ? quoted[Ascii.Trim(quoted)] : text;
    }

    private TickFlags Flags(ReadOnlySpan<byte> text)
    {
        var flags = TickFlags.None;
        foreach (var range in text.Split((byte)' '))
        {
            var flag = text[range] is { IsEmpty: false } word ? TickFlagNames.Find(word) : TickFlags.None;
            flags |= flag
                ?? throw Failure(
                    "flags",
                    $"'{OutsideText.Show(text[range])}' is no flag; known are {TickFlagNames.All}, with a space between"
                );
        }

        return flags;
    }

    private long Received(ReadOnlySpan<byte> text) =>
        text.IsEmpty ? 0
        : CsvTime.TryParse(text, out var micros) ? micros
        : throw Failure("received", $"'{OutsideText.Show(text)}' is neither ISO 8601 nor an epoch time");

    private Price OptionalPrice(ReadOnlySpan<byte> line, CsvColumn column, bool optional)
    {
        var text = Field(line, column);
        return optional && text.IsEmpty ? default : RequirePrice(CsvHeader.Names[(int)column], text);
    }

    private Quantity OptionalQuantity(ReadOnlySpan<byte> line, CsvColumn column)
    {
        var text = Field(line, column);
        return text.IsEmpty ? default : RequireQuantity(CsvHeader.Names[(int)column], text);
    }
}
