using System.Buffers.Binary;
using AITrader.Domain.Ids;

namespace AITrader.ServiceDefaults.Ids;

/// <summary>UUIDs of version 7 (RFC 9562): milliseconds, a counter within them, then seeded random bits.</summary>
/// <remarks>Safe to call from any thread. With the same clock and seed it gives the same ids again.</remarks>
public sealed class TimeOrderedIds(TimeProvider time, int seed) : IIdSource
{
    private const int CounterLimit = 1 << 12;
    private const byte Version = 0x70;
    private const byte Variant = 0x80;

    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();
    private long _milliseconds;
    private int _counter;

    /// <inheritdoc />
    public Guid NewId()
    {
        Span<byte> id = stackalloc byte[16];
        lock (_gate)
        {
            Advance();
            _random.NextBytes(id[8..]);
            BinaryPrimitives.WriteInt64BigEndian(id, (_milliseconds << 16) | (long)_counter);
        }

        id[6] |= Version;
        id[8] = (byte)((id[8] & 0x3F) | Variant);
        return new Guid(id, bigEndian: true);
    }

    // A clock that stands still or steps back must not break the order: the counter, then the millisecond, moves on.
    private void Advance()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (now > _milliseconds)
        {
            _milliseconds = now;
            _counter = 0;
        }
        else if (++_counter == CounterLimit)
        {
            _milliseconds++;
            _counter = 0;
        }
    }
}
