using System.Runtime.Intrinsics;

namespace AITrader.Signals.Indicators;

/// <summary>Highest and lowest of the last prices, by blocks as long as the window.</summary>
/// <remarks>
/// The window is always the end of one block and the start of the next: the extremes of every end of a block are computed once, when it is
/// full, and those of
/// the start grow with it. So a price costs one comparison without a branch to guess, and one read; the last one of a block costs as many
/// steps as the block is long.
/// An extreme is held as (high, -low), so that one maximum finds both.
/// </remarks>
internal static class BlockExtremes
{
    internal static Vector128<double> Nothing => Vector128.Create(double.NegativeInfinity);

    internal static Vector128<double> Of(double price) => Vector128.Create(price, -price);

    /// <summary>Extremes of every end of a block: the one at i is of the prices from place i to the block's last.</summary>
    /// <param name="ring">Prices, a power of two of them.</param>
    /// <param name="next">Number of the price after the block's last.</param>
    /// <param name="ends">As many as the block is long.</param>
    internal static void Close(ReadOnlySpan<double> ring, long next, Span<Vector128<double>> ends)
    {
        var mask = ring.Length - 1;
        var end = Nothing;
        for (var i = ends.Length - 1; i >= 0; i--)
        {
            next--;
            end = Vector128.MaxNative(end, Of(ring[(int)next & mask]));
            ends[i] = end;
        }
    }

    internal static double High(Vector128<double> extremes) => extremes.ToScalar();

    internal static double Low(Vector128<double> extremes) => -extremes.GetElement(1);
}
