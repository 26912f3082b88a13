using System.Buffers.Binary;

namespace AITrader.Formats.Reading;

/// <summary>Cuts a byte stream into messages that follow a big-endian length of 2 bytes, with one fixed buffer. For one thread.</summary>
internal sealed class MessageBuffer(Stream source, string file) : IDisposable
{
    private const int PrefixLength = sizeof(ushort);

    private readonly byte[] _buffer = new byte[66 * 1024]; // more than the longest message, which is 64 KiB
    private int _start;
    private int _end;
    private long _offset; // of _start in the content

    /// <summary>Number of the message read last, from 1.</summary>
    internal long Message { get; private set; }

    /// <summary>Byte at which that message begins, its length prefix counted.</summary>
    internal long Offset { get; private set; }

    /// <summary>Next message without its prefix; the span lives until the next call. Empty for a length of 0.</summary>
    internal bool TryRead(out ReadOnlySpan<byte> message)
    {
        message = default;
        if (!TryHave(PrefixLength))
        {
            return _end == _start ? false : throw CutOff();
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start));
        if (!TryHave(PrefixLength + length))
        {
            throw CutOff();
        }

        message = _buffer.AsSpan(_start + PrefixLength, length);
        Offset = _offset;
        Message++;
        _start += PrefixLength + length;
        _offset += PrefixLength + length;
        return true;
    }

    public void Dispose() => source.Dispose();

    private MarketDataException CutOff() => new(file, Message + 1, "message", $"is cut off (byte {_offset})");

    private bool TryHave(int bytes)
    {
        while (_end - _start < bytes)
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            if (Fill() == 0)
            {
                return false;
            }
        }

        return true;
    }

    private int Fill()
    {
        try
        {
            var read = source.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            return read;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            throw MarketDataFile.Unreadable(file, Message + 1, source, failure);
        }
    }
}
