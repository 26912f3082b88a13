using System.Runtime.InteropServices;

namespace AITrader.Signals.Engine;

/// <summary>Positions of a ring, each side's on lines of its own: what one side writes often, the other reads seldom.</summary>
/// <remarks>
/// 128 bytes apart, as processors fetch lines of 64 in pairs. Each side keeps, beside its own position, the other's as it last saw it, and
/// looks at the real one only
/// when that says full or empty. Offsets are held by a test.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 3 * Spacing)]
internal struct RingCursors
{
    internal const int Spacing = 128;

    /// <summary>Items ever written. The producer's.</summary>
    [FieldOffset(Spacing)]
    internal long Tail;

    /// <summary>Head as the producer last saw it.</summary>
    [FieldOffset(Spacing + sizeof(long))]
    internal long HeadSeen;

    /// <summary>Items ever read. The consumer's.</summary>
    [FieldOffset(2 * Spacing)]
    internal long Head;

    /// <summary>Tail as the consumer last saw it.</summary>
    [FieldOffset((2 * Spacing) + sizeof(long))]
    internal long TailSeen;
}
