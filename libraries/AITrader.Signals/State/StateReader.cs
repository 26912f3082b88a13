using System.Buffers.Binary;
using System.Text;

namespace AITrader.Signals.State;

/// <summary>Reads what <see cref="StateWriter"/> wrote.</summary>
/// <remarks>Throws <see cref="InvalidDataException"/> where the bytes end early or make no sense: a torn state must not be used.</remarks>
public ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether everything was read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Reads an integer.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>Reads an integer.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Reads an integer.</summary>
    public Int128 ReadInt128() => new((ulong)ReadInt64(), (ulong)ReadInt64());

    /// <summary>Reads an integer that must lie in a range.</summary>
    public int ReadInt32(int least, int most)
    {
        var value = ReadInt32();
        return value >= least && value <= most
            ? value
            : throw new InvalidDataException($"The state holds {value} where {least} to {most} is possible.");
    }

    /// <summary>Reads the exact bits of a number.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    /// <summary>Reads a flag.</summary>
    public bool ReadBoolean() => Take(1)[0] != 0;

    /// <summary>Reads a text.</summary>
    public string ReadString() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>Fills a span with the exact bits of the next numbers.</summary>
    public void Read(scoped Span<double> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = ReadDouble();
        }
    }

    /// <summary>Fills a span with the next bytes.</summary>
    public void Read(scoped Span<byte> target) => Take(target.Length).CopyTo(target);

    /// <summary>Reads bytes that their length goes before.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadInt32(0, _rest.Length));

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes > _rest.Length)
        {
            throw new InvalidDataException("The state ends early.");
        }

        var slice = _rest[..bytes];
        _rest = _rest[bytes..];
        return slice;
    }
}
