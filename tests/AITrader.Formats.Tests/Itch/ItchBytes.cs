using System.Buffers.Binary;
using System.Text;

namespace AITrader.Formats.Tests.Itch;

/// <summary>Writes ITCH as its specification lists the fields: one after the other, big endian, without any table of offsets.</summary>
internal sealed class ItchBytes
{
    internal const long Open = 34_200_000_000_000; // 09:30

    private readonly List<byte> _bytes = [];

    internal long Nanos { get; set; } = Open;

    internal byte[] ToArray() => [.. _bytes];

    internal ItchBytes Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    internal ItchBytes At(long nanos)
    {
        Nanos = nanos;
        return this;
    }

    internal ItchBytes SystemEvent(char code) => Message('S', 0, code);

    internal ItchBytes Directory(int locate, string stock) =>
        Message('R', locate, Text(stock, 8), 'Q', 'N', 100u, 'N', 'C', "Z ", 'P', 'N', ' ', '1', 'N', 0u, 'N');

    internal ItchBytes Add(int locate, long order, char side, uint shares, string stock, uint price) =>
        Message('A', locate, order, side, shares, Text(stock, 8), price);

    internal ItchBytes AddWithAttribution(int locate, long order, char side, uint shares, string stock, uint price, string mpid) =>
        Message('F', locate, order, side, shares, Text(stock, 8), price, Text(mpid, 4));

    internal ItchBytes Executed(int locate, long order, uint shares, long match) => Message('E', locate, order, shares, match);

    internal ItchBytes ExecutedAt(int locate, long order, uint shares, long match, char printable, uint price) =>
        Message('C', locate, order, shares, match, printable, price);

    internal ItchBytes Cancel(int locate, long order, uint shares) => Message('X', locate, order, shares);

    internal ItchBytes Delete(int locate, long order) => Message('D', locate, order);

    internal ItchBytes Replace(int locate, long order, long newOrder, uint shares, uint price) =>
        Message('U', locate, order, newOrder, shares, price);

    internal ItchBytes Trade(int locate, char side, uint shares, string stock, uint price, long match) =>
        Message('P', locate, 0L, side, shares, Text(stock, 8), price, match);

    /// <summary>A message with its prefix; each field has the width of its type: char 1, uint 4, long 8, text its length.</summary>
    internal ItchBytes Message(char type, int locate, params object[] fields)
    {
        var body = new List<byte> { (byte)type, (byte)(locate >> 8), (byte)locate, 0, 0 };
        body.AddRange(BigEndian((ulong)Nanos)[2..]);
        foreach (var field in fields)
        {
            body.AddRange(
                field switch
                {
                    char c => [(byte)c],
                    string text => Encoding.ASCII.GetBytes(text),
                    uint number => BigEndian(number)[4..],
                    long number => BigEndian((ulong)number),
                    _ => throw new ArgumentException(field.ToString(), nameof(fields)),
                }
            );
        }

        _bytes.Add((byte)(body.Count >> 8));
        _bytes.Add((byte)body.Count);
        _bytes.AddRange(body);
        Nanos += 1_000;
        return this;
    }

    internal static string Text(string text, int length) => text.PadRight(length);

    private static byte[] BigEndian(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }
}
