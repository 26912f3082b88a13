using System.Buffers.Binary;
using System.Text;

namespace AITrader.Signals.State;

/// <summary>Appends little-endian values to a growing buffer. For one thread.</summary>
public sealed class StateWriter
{
    private byte[] _buffer = new byte[1024];

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Starts over, keeping the buffer.</summary>
    public void Clear() => Length = 0;

    /// <summary>Appends an integer.</summary>
    public void Write(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    /// <summary>Appends an integer.</summary>
    public void Write(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    /// <summary>Appends an integer, its upper half first.</summary>
    public void Write(Int128 value)
    {
        Write((long)(value >> 64));
        Write((long)(ulong)(value & ulong.MaxValue));
    }

    /// <summary>Appends the exact bits of a number.</summary>
    public void Write(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(sizeof(double)), value);

    /// <summary>Appends a flag.</summary>
    public void Write(bool value) => Take(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>Appends a text with its length.</summary>
    public void Write(string value)
    {
        Write(Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, Take(Encoding.UTF8.GetByteCount(value)));
    }

    /// <summary>Appends the exact bits of numbers.</summary>
    public void Write(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            Write(value);
        }
    }

    /// <summary>Appends bytes as they are.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>What was written from a length on, to be changed.</summary>
    internal Span<byte> Since(int start) => _buffer.AsSpan(start, Length - start);

    private Span<byte> Take(int bytes)
    {
        if (Length + bytes > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + bytes));
        }

        var slice = _buffer.AsSpan(Length, bytes);
        Length += bytes;
        return slice;
    }
}
