using System.Buffers.Binary;
using System.Text;
using AITrader.Domain.Prices;

namespace AITrader.Formats.Itch;

/// <summary>One message of ITCH, still in its bytes; valid until the next is read.</summary>
public readonly ref struct ItchMessage
{
    private const long NanosPerPrice4 = Price.Scale / 10_000;
    private const long NanosPerPrice8 = Price.Scale / 100_000_000;

    internal ItchMessage(ItchLayout layout, ReadOnlySpan<byte> bytes)
    {
        Layout = layout;
        Bytes = bytes;
    }

    /// <summary>Type and fields.</summary>
    public ItchLayout Layout { get; }

    /// <summary>The message without its length prefix.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>First byte.</summary>
    public char Type => Layout.Type;

    /// <summary>Number of the security of that day; 0 where the message is about none.</summary>
    public int StockLocate => BinaryPrimitives.ReadUInt16BigEndian(Bytes[1..]);

    /// <summary>Nasdaq's own number.</summary>
    public int TrackingNumber => BinaryPrimitives.ReadUInt16BigEndian(Bytes[3..]);

    /// <summary>Nanoseconds since midnight in New York.</summary>
    public long NanosOfDay => Integer(5, 6);

    /// <summary>An integer field.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public long GetInteger(string field) =>
        Find(field) is { Kind: ItchFieldKind.Number } found ? Integer(found.Offset, found.Length) : throw Wrong(field);

    /// <summary>A price; 0 where the message says none.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public Price GetPrice(string field) =>
        Find(field) switch
        {
            { Kind: ItchFieldKind.Price4 } found => Price4(found.Offset),
            { Kind: ItchFieldKind.Price8 } found => Price.FromNanos(checked(Integer(found.Offset, found.Length) * NanosPerPrice8)),
            _ => throw Wrong(field),
        };

    /// <summary>A text, without the spaces at its end.</summary>
    public string GetText(string field) =>
        Find(field) is { Kind: ItchFieldKind.Alpha } found
            ? Encoding.ASCII.GetString(Text(found.Offset, found.Length))
            : throw Wrong(field);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder().Append(null, $"{Type} {Layout.Name} locate={StockLocate} time={NanosOfDay}");
        foreach (var field in Layout.FieldArray)
        {
            text.Append(' ').Append(field.Name).Append('=');
            _ = field.Kind switch
            {
                ItchFieldKind.Alpha => text.Append(GetText(field.Name)),
                ItchFieldKind.Number => text.Append(GetInteger(field.Name)),
                _ => text.Append(GetPrice(field.Name)),
            };
        }

        return text.ToString();
    }

    internal long Integer(int offset, int length)
    {
        ulong value = 0;
        foreach (var b in Bytes.Slice(offset, length))
        {
            value = (value << 8) | b;
        }

        return checked((long)value);
    }

    internal Price Price4(int offset) => Price.FromNanos(BinaryPrimitives.ReadUInt32BigEndian(Bytes[offset..]) * NanosPerPrice4);

    internal Quantity Shares(int offset) => Quantity.FromRaw(BinaryPrimitives.ReadUInt32BigEndian(Bytes[offset..]) * Quantity.Scale);

    internal ReadOnlySpan<byte> Text(int offset, int length) => Bytes.Slice(offset, length).TrimEnd((byte)' ');

    private ItchField? Find(string field)
    {
        foreach (var candidate in Layout.FieldArray)
        {
            if (candidate.Name == field)
            {
                return candidate;
            }
        }

        return null;
    }

    private ArgumentException Wrong(string field) =>
        new($"The message {Layout.Name} has no such field of this kind: {field}.", nameof(field));
}
