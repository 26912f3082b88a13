using System.Buffers.Text;
using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;
using AITrader.Domain.Sessions;
using AITrader.Domain.Time;
using AITrader.Formats.Reading;
using AITrader.OrderBooks;

namespace AITrader.Formats.Lobster;

/// <summary>Reads a LOBSTER message file, and the orderbook file beside it, row by row. For one thread.</summary>
/// <remarks>
/// Message: seconds since midnight in New York (what is finer than a nanosecond is cut off), type, order, size, price in 1e-4 dollars,
/// direction of the order (1 buy, -1 sell). Types: 1 new, 2 partial cancellation, 3 deletion,
/// 4 execution, 5 execution of a hidden order, 6 cross trade, 7 halt (price -1), resumption of quotes (0) or of trading (1). Of these 6 and
/// 7 are no events of a book.
/// Orderbook: after each message, ask price, ask size, bid price and bid size of each level; an empty level has the price 9999999999 or
/// -9999999999.
/// <code>
/// 34200.017459617,1,16113575,18,5853300,1
/// 5859400,200,5853300,18,5859800,200,5853000,150
/// </code>
/// Source: lobsterdata.com, "Output structure".
/// </remarks>
public sealed class LobsterReader : OrderEventReader
{
    private const int MessageFields = 6;
    private const int MaxFields = MessageFields + 1; // newer files add the participant
    private const int NanosDecimals = 9;
    private const int PriceDecimals = 5; // of a price in 1e-4, to make nano-units
    private const long NanosPerDay = EventTime.MicrosPerDay * 1_000;

    private readonly LineReader _lines;
    private readonly LobsterBookRow? _book;
    private readonly Range[] _fields = new Range[MaxFields];
    private readonly long _midnight;
    private readonly int _symbol;
    private long _lastNanos;

    private LobsterReader(LineReader lines, LobsterBookRow? book, string file, LobsterName name, SymbolTable symbols)
        : base(file, symbols)
    {
        _lines = lines;
        _book = book;
        _midnight = new LocalClock(TimeZoneInfo.FindSystemTimeZoneById(UsEquityCalendar.Zone)).StartOf(name.Day) * 1_000;
        _symbol = symbols.TryIntern(System.Text.Encoding.UTF8.GetBytes(name.Symbol), out var symbol)
            ? symbol
            : throw new MarketDataException(file, 0, "name", TickReader.DescribeSymbol(System.Text.Encoding.UTF8.GetBytes(name.Symbol)));
    }

    /// <inheritdoc/>
    public override string Source => "lobster";

    /// <inheritdoc/>
    public override long Position => _lines.Line;

    /// <summary>Type of the message read last, 1 to 7.</summary>
    public int MessageType { get; private set; }

    /// <summary>Whether trading, or quoting, is halted after the message read last.</summary>
    public bool IsHalted { get; private set; }

    /// <summary>Whether there is an orderbook file.</summary>
    public bool HasBook => _book is not null;

    /// <summary>Levels of the orderbook file that are not empty, best first, after the message read last. Empty without that
    /// file.</summary>
    public ReadOnlySpan<BookLevel> Bids => _book is null ? [] : _book.Bids;

    /// <summary>As <see cref="Bids"/>, of the sellers.</summary>
    public ReadOnlySpan<BookLevel> Asks => _book is null ? [] : _book.Asks;

    /// <inheritdoc/>
    internal override bool TellsBook => true;

    /// <inheritdoc/>
    internal override (BookLevel Bid, BookLevel Ask) Best =>
        (Bids is [var buyer, ..] ? buyer : default, Asks is [var seller, ..] ? seller : default);

    /// <summary>Levels of a side that the orderbook file can have.</summary>
    public int Levels => _book?.Levels ?? 0;

    /// <summary>Opens a message file, and the orderbook file beside it where there is one.</summary>
    /// <exception cref="MarketDataException">The file is missing, unreadable, or not named as LOBSTER does.</exception>
#pragma warning disable CA2000 // The reader that is returned owns the streams.
    public static LobsterReader Open(string path, SymbolTable? symbols = null)
    {
        var name = LobsterName.Find(path)
            ?? throw new MarketDataException(
                path,
                0,
                "name",
                "its name is not that of a LOBSTER message file, such as AAPL_2012-06-21_34200000_57600000_message_10.csv"
            );
        return Open(
            MarketDataFile.Open(path),
            System.IO.File.Exists(name.BookPath) ? MarketDataFile.Open(name.BookPath) : null,
            path,
            symbols
        );
    }

    /// <summary>Reads from streams that can seek, which the reader then owns; <paramref name="name"/> is the message file's, and says
    /// symbol, day and levels.</summary>
    /// <exception cref="MarketDataException">The name is not LOBSTER's, or the content cannot be unpacked.</exception>
    public static LobsterReader Open(Stream messages, Stream? book, string name, SymbolTable? symbols = null)
    {
        var parts = LobsterName.Find(name)
            ?? throw new MarketDataException(name, 0, "name", "its name is not that of a LOBSTER message file");
        var rows = book is null
            ? null
            : new LobsterBookRow(new LineReader(MarketDataFile.Unpack(book, parts.BookPath), parts.BookPath), parts.BookPath, parts.Levels);
        return new LobsterReader(
            new LineReader(MarketDataFile.Unpack(messages, name), name),
            rows,
            name,
            parts,
            symbols ?? new SymbolTable()
        );
    }
#pragma warning restore CA2000

    /// <summary>Reads the next message of any type; those that are no event of a book give none.</summary>
    /// <returns><see langword="false"/> at the end.</returns>
    /// <exception cref="MarketDataException">A file is malformed or cannot be read, or the files do not have as many rows.</exception>
    public bool TryReadMessage(out OrderEvent? change)
    {
        change = null;
        if (!_lines.TryRead(out var line))
        {
            _book?.RequireEnd();
            return _lines.Line > 0 ? false : throw new MarketDataException(File, 1, "file", "holds no messages");
        }

        change = Parse(line);
        _book?.Read();
        return true;
    }

    private protected override bool TryReadEvent(out OrderEvent change)
    {
        while (TryReadMessage(out var found))
        {
            if (found is { } some)
            {
                change = some;
                return true;
            }
        }

        change = default;
        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _lines.Dispose();
        _book?.Dispose();
    }

    private OrderEvent? Parse(ReadOnlySpan<byte> line)
    {
        Split(line);
        var time = Time(line[_fields[0]]);
        MessageType = (int)Whole("type", line[_fields[1]], 1, 7);
        if (MessageType == 7)
        {
            IsHalted = Whole("price", line[_fields[4]], -1, 1) < 1;
            return null;
        }

        var order = Whole("order", line[_fields[2]], MessageType is 5 or 6 ? -1 : 0, long.MaxValue);
        var size = Size(line[_fields[3]]);
        var price = PriceOf(line[_fields[4]]);
        var side = Whole("direction", line[_fields[5]], -1, 1) switch
        {
            1 => QuoteSide.Bid,
            -1 => QuoteSide.Ask,
            _ => throw Failure("direction", "is neither 1 nor -1"),
        };
        return MessageType == 6
            ? null
            : new OrderEvent
            {
                Kind = MessageType switch
                {
                    1 => OrderEventKind.Add,
                    2 => OrderEventKind.Cancel,
                    3 => OrderEventKind.Delete,
                    4 => OrderEventKind.Execute,
                    _ => OrderEventKind.HiddenExecute,
                },
                TimeNanos = _midnight + time,
                OrderId = MessageType == 5 ? 0 : order,
                Quantity = size,
                Price = price,
                Side = side,
                Symbol = _symbol,
            };
    }

    private void Split(ReadOnlySpan<byte> line)
    {
        var count = 0;
        for (var start = 0; start <= line.Length && count < MaxFields; count++)
        {
            var comma = line[start..].IndexOf((byte)',');
            var end = comma < 0 ? line.Length : start + comma;
            _fields[count] = start..end;
            start = end + 1;
        }

        if (count < MessageFields)
        {
            throw Failure("row", $"has {count} fields where a message has {MessageFields}");
        }
    }

    private long Time(ReadOnlySpan<byte> text)
    {
        var problem = FixedPoint.TryCut(text, NanosDecimals, out var nanos);
        if (problem != FixedPointProblem.None || nanos >= NanosPerDay)
        {
            throw Failure("time", $"'{OutsideText.Show(text)}' is not a number of seconds of a day");
        }

        if (nanos < _lastNanos)
        {
            throw Failure("time", $"goes back from {_lastNanos} to {nanos} ns");
        }

        return _lastNanos = nanos;
    }

    private long Whole(string field, ReadOnlySpan<byte> text, long least, long most) =>
        Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length && value >= least && value <= most
            ? value
            : throw Failure(
                field,
                most == long.MaxValue
                    ? $"'{OutsideText.Show(text)}' is no whole number from {least}"
                    : $"'{OutsideText.Show(text)}' is no whole number from {least} to {most}"
            );

    private Quantity Size(ReadOnlySpan<byte> text)
    {
        var problem = Quantity.TryParse(text, out var size);
        return problem == FixedPointProblem.None && size.Raw > 0
            ? size
            : throw Failure("size", TickReader.Describe(problem, text, Quantity.Decimals, "above zero"));
    }

    private Price PriceOf(ReadOnlySpan<byte> text)
    {
        var problem = FixedPoint.TryParse(text, PriceDecimals, out var nanos);
        return problem == FixedPointProblem.None && nanos > 0
            ? Price.FromNanos(nanos)
            : throw Failure("price", TickReader.Describe(problem, text, PriceDecimals, "above zero"));
    }

    private MarketDataException Failure(string field, string problem) => new(File, _lines.Line, field, problem);
}
