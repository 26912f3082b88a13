using System.Runtime.InteropServices;

namespace AITrader.Signals.Engine;

/// <summary>What a shard's thread writes and others read, on lines of its own.</summary>
[StructLayout(LayoutKind.Explicit, Size = 3 * RingCursors.Spacing)]
internal struct ShardProgress
{
    [FieldOffset(RingCursors.Spacing)]
    internal long LastHandled;

    [FieldOffset(RingCursors.Spacing + 8)]
    internal long Ticks;

    [FieldOffset(RingCursors.Spacing + 16)]
    internal long Signals;

    [FieldOffset(RingCursors.Spacing + 24)]
    internal long Parks;

    [FieldOffset(RingCursors.Spacing + 32)]
    internal long Allocated;
}

/// <summary>What a shard did so far.</summary>
/// <param name="Ticks">Ticks handled.</param>
/// <param name="Signals">Signals found.</param>
/// <param name="Parks">Times the thread went to sleep for want of ticks.</param>
/// <param name="AllocatedBytes">Bytes that its thread ever allocated.</param>
/// <param name="WindowsInUse">Windows that wait to be taken.</param>
/// <param name="Waiting">Ticks that wait.</param>
public readonly record struct ShardStatistics(long Ticks, long Signals, long Parks, long AllocatedBytes, long WindowsInUse, int Waiting);
