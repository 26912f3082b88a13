using System.Buffers.Binary;

namespace AITrader.Venues.Kite.Ticker;

/// <summary>Walks through the packets of a binary frame: uint16 count, then for each a uint16 length and its body.</summary>
/// <remarks>A packet that cannot be read costs nothing but itself, as its length says where the next one begins.</remarks>
/// <example><code>var frame = new KiteFrame(bytes); while (frame.MoveNext()) { if (frame.Refused is null) { Use(frame.Current); } } if (frame.IsDamaged) …</code></example>
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

    /// <summary>The frame says only that the connection is alive.</summary>
    public bool IsHeartbeat { get; }

    /// <summary>The frame broke off, or holds more than it says. Packets before that are good.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>The packet at hand; an empty one where it is <see cref="Refused"/>.</summary>
    public KitePacket Current { get; private set; }

    /// <summary>Why the packet at hand cannot be read; null where it can.</summary>
    public KiteRefusedPacket? Refused { get; private set; }

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
        if (_rest.Length < length)
        {
            IsDamaged = true;
            return false;
        }

        Read(_rest[..length]);
        _rest = _rest[length..];
        _seen++;
        return true;
    }

    private void Read(ReadOnlySpan<byte> body)
    {
        Refused = KitePacket.TryRead(body, out var packet) ? null : Refuse(body);
        Current = packet;
    }

    private static KiteRefusedPacket Refuse(ReadOnlySpan<byte> body)
    {
        var token = body.Length >= sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(body) : 0;
        return new KiteRefusedPacket(KitePacket.IsKnown(body.Length) ? KiteRefusal.Segment : KiteRefusal.Length, body.Length, token);
    }
}
