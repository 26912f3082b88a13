namespace AITrader.Trading.Fills;

/// <summary>What a draw is for: different purposes draw apart.</summary>
internal enum DrawPurpose
{
    Feed,
    Entry,
    Response,
    Reject,
    Partial,
    PartialSize,
    Cancel,
}

/// <summary>
/// Draws that depend on the seed and on what is drawn for, never on what was drawn before: so neither batching nor other orders nor a
/// restart change them.
/// </summary>
internal static class SeededDraw
{
    private const double Step = 1d / (1UL << 53);

    /// <summary>Uniform in [0, 1).</summary>
    public static double Of(ulong seed, Guid order, long moment, DrawPurpose purpose)
    {
        Span<byte> bytes = stackalloc byte[16];
        order.TryWriteBytes(bytes, bigEndian: true, out _);
        var state = Mix(seed ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes));
        state = Mix(state ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        state = Mix(state ^ unchecked((ulong)moment));
        state = Mix(state ^ (ulong)purpose);
        return (state >> 11) * Step;
    }

    // SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Mix(ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
            state = (state ^ (state >> 27)) * 0x94D049BB133111EBUL;
            return state ^ (state >> 31);
        }
    }
}
