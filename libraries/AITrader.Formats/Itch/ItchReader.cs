using System.Globalization;
using AITrader.Domain.Instruments;
using AITrader.Domain.Sessions;
using AITrader.Domain.Time;
using AITrader.Formats.Reading;
using AITrader.OrderBooks;

namespace AITrader.Formats.Itch;

/// <summary>Reads a day file of NASDAQ TotalView-ITCH 5.0 (each message after its length in 2 bytes), plain, gzip or zip: every message, or
/// the events of its order books. For one thread.</summary>
/// <remarks>
/// Checked of every message: type, length, printable texts, time not going back; of those about orders also side, printable flag, price and
/// shares. In errors the line is the number
/// of the message. Adds become <see cref="OrderEventKind.Add"/>, E and C executions, X cancels, D deletions, U replacements, P hidden
/// executions; crosses, broken trades and the rest are
/// no events of a book. Signs that a symbol here cannot have become letters: + .WS, = .U, ^ .RT, # .WI; others their code (_2A).
/// </remarks>
public sealed partial class ItchReader : OrderEventReader
{
    private const int MaxLocates = ushort.MaxValue + 1;
    private const long NanosPerMicro = 1_000;
    private const long NanosPerDay = EventTime.MicrosPerDay * NanosPerMicro;

    private readonly MessageBuffer _messages;
    private readonly int[] _symbols = new int[MaxLocates]; // index + 1
    private readonly long _midnight;
    private ItchLayout? _layout;
    private long _lastNanos;
    private bool _ended;

    private ItchReader(MessageBuffer messages, string file, SymbolTable symbols, DateOnly day)
        : base(file, symbols)
    {
        _messages = messages;
        _midnight = new LocalClock(TimeZoneInfo.FindSystemTimeZoneById(UsEquityCalendar.Zone)).StartOf(day) * NanosPerMicro;
    }

    /// <inheritdoc/>
    public override string Source => "itch";

    /// <inheritdoc/>
    public override long Position => _messages.Message;

    /// <summary>Opens a file for streaming.</summary>
    /// <param name="path">File to read.</param>
    /// <param name="day">Day in New York; null where the name tells it (<c>01302020.NASDAQ_ITCH50</c>, <c>S081321-v50.txt</c>,
    /// <c>20200130...</c>).</param>
    /// <param name="symbols">Table that the events' symbol indices refer to; a new one where null.</param>
    /// <exception cref="MarketDataException">The file is missing or unreadable, or its day is not known.</exception>
    public static ItchReader Open(string path, DateOnly? day = null, SymbolTable? symbols = null)
    {
        var known = day
            ?? DayOf(path)
            ?? throw new MarketDataException(
                path,
                0,
                "day",
                "the day is not in its name, such as 01302020.NASDAQ_ITCH50.gz, and was not given"
            );
#pragma warning disable CA2000 // The reader that is returned owns the stream.
        return Open(MarketDataFile.Open(path), path, known, symbols);
#pragma warning restore CA2000
    }

    /// <summary>Reads from a stream that can seek, which the reader then owns; <paramref name="name"/> is used in messages.</summary>
    /// <exception cref="MarketDataException">The content cannot be unpacked.</exception>
#pragma warning disable CA2000 // The reader that is returned owns the messages, and those the stream.
    public static ItchReader Open(Stream stream, string name, DateOnly day, SymbolTable? symbols = null) =>
        new(new MessageBuffer(MarketDataFile.Unpack(stream, name), name), name, symbols ?? new SymbolTable(), day);
#pragma warning restore CA2000

    /// <summary>Whether a file is named as those of Nasdaq are.</summary>
    internal static bool IsNamed(string path) =>
        Path.GetFileName(path) is var name
        && (name.Contains("ITCH", StringComparison.OrdinalIgnoreCase) || name.Contains("-v50.", StringComparison.OrdinalIgnoreCase));

    /// <summary>The day in a file's name; null where there is none.</summary>
    public static DateOnly? DayOf(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var (start, format) in ((int, string)[])[(0, "MMddyyyy"), (0, "yyyyMMdd"), (1, "MMddyy")])
        {
            if (
                name.Length > start + format.Length
                && !char.IsAsciiDigit(name[start + format.Length])
                && (start == 0 || name[0] == 'S')
                && DateOnly.TryParseExact(
                    name.AsSpan(start, format.Length),
                    format,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var day
                )
                && day.Year is >= 1990 and < 2100
            )
            {
                return day;
            }
        }

        return null;
    }

    /// <summary>Reads the next message of any type.</summary>
    /// <returns><see langword="false"/> at the end.</returns>
    /// <exception cref="MarketDataException">The file is malformed or cannot be read.</exception>
    public bool TryReadMessage(out ItchMessage message)
    {
        message = default;
        if (_ended || !_messages.TryRead(out var bytes))
        {
            return _messages.Message > 0 ? false : throw new MarketDataException(File, 1, "file", "holds no messages");
        }

        if (bytes.IsEmpty)
        {
            // A length of 0 ends the session.
            _layout = null;
            _ended = !_messages.TryRead(out _) ? true : throw Failure("length", "messages follow after the one that ends the session");
            return false;
        }

        _layout = null;
        _layout = ItchLayout.Find(bytes[0]) ?? throw Failure("type", $"'{OutsideText.Show(bytes[..1])}' is no message of ITCH 5.0");
        if (bytes.Length != _layout.Length)
        {
            throw Failure("length", $"is {bytes.Length}, but {_layout.Name} ({_layout.Type}) has {_layout.Length} bytes");
        }

        message = new ItchMessage(_layout, bytes);
        Check(message);
        return true;
    }

    private protected override bool TryReadEvent(out OrderEvent change)
    {
        while (TryReadMessage(out var message))
        {
            if (TryConvert(message, out change))
            {
                return true;
            }
        }

        change = default;
        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _messages.Dispose();

    private void Check(in ItchMessage message)
    {
        var nanos = message.NanosOfDay;
        if (nanos < _lastNanos || nanos >= NanosPerDay)
        {
            throw Failure(
                "timestamp",
                nanos >= NanosPerDay ? $"{nanos} is past the end of a day" : $"goes back from {_lastNanos} to {nanos}"
            );
        }

        _lastNanos = nanos;
        foreach (var field in message.Layout.FieldArray)
        {
            if (
                field is { Kind: ItchFieldKind.Alpha, Name: not "reserved" }
                && message.Bytes.Slice(field.Offset, field.Length).IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0
            )
            {
                throw Failure(field.Name, $"'{OutsideText.Show(message.Bytes.Slice(field.Offset, field.Length))}' is not printable");
            }

            // The highest bit of 8 bytes: more than any number that we can hold, and than any that the market has.
            if (
                field.Length == sizeof(long)
                && field.Kind != ItchFieldKind.Alpha
                && message.Bytes[field.Offset] >= (field.Kind == ItchFieldKind.Price8 ? 0x08 : 0x80)
            )
            {
                throw Failure(field.Name, "is too large");
            }
        }

        if (message.Type == 'R')
        {
            Name(message, message.Text(11, 8));
        }
    }

    private MarketDataException Failure(string field, string problem) =>
        new(File, _messages.Message, _layout is null ? field : $"{_layout.Type}.{field}", $"{problem} (byte {_messages.Offset})");
}
