using System.Buffers.Binary;

namespace AITrader.Kite.Ticker;

/// <summary>Walks through the packets of a binary frame: uint16 count, then for each a uint16 length and its body.</summary>
/// <example><code>var frame = new KiteFrame(bytes); while (frame.MoveNext()) { Use(frame.Current); } if (frame.IsDamaged) …</code></example>
public ref struct KiteFrame
{
    private readonly int _count;
    private ReadOnlySpan<byte> _rest;
    private int _seen;

    /// <summary>Starts before the first packet. Single bytes are heartbeats and have none.</summary>
    public KiteFrame(ReadOnlySpan<byte> frame)
    {
        IsHeartbeat = frame.Length == 1;
        IsDamaged = frame.IsEmpty;
        if (frame.Length >= sizeof(ushort))
        {
            _count = BinaryPrimitives.ReadUInt16BigEndian(frame);
            _rest = frame[sizeof(ushort)..];
        }
    }

    /// <summary>The frame says only that the line is alive.</summary>
    public bool IsHeartbeat { get; }

    /// <summary>The frame broke off, or held a packet of no known length. Packets before that are good.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>The packet at hand.</summary>
    public KitePacket Current { get; private set; }

    /// <summary>Goes to the next packet; false at the end, or where the frame is damaged.</summary>
    public bool MoveNext()
    {
        if (_seen == _count || IsDamaged)
        {
            IsDamaged |= !_rest.IsEmpty;
            return false;
        }

        if (_rest.Length < sizeof(ushort))
        {
            IsDamaged = true;
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(_rest);
        _rest = _rest[sizeof(ushort)..];
        if (_rest.Length < length || !KitePacket.TryRead(_rest[..length], out var packet))
        {
            IsDamaged = true;
            return false;
        }

        _rest = _rest[length..];
        _seen++;
        Current = packet;
        return true;
    }
}
