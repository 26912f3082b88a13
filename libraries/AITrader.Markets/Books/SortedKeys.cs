using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AITrader.Markets.Books;

/// <summary>Search in ascending keys whose array is filled up with <see cref="Filler"/>.</summary>
internal static class SortedKeys
{
    /// <summary>Keys that a search reads at once: arrays are as long as a multiple of it.</summary>
    internal const int Stride = 8;

    /// <summary>What unused places hold: never below any key.</summary>
    internal const long Filler = long.MaxValue;

    private const int Window = 128;

    /// <summary>How many of the first <paramref name="count"/> keys are below the wanted one.</summary>
    /// <remarks>Compares four keys at a time and counts, which beats halving where every branch is a coin toss; long arrays are halved first.</remarks>
    internal static int CountBelow(ReadOnlySpan<long> keys, int count, long wanted)
    {
        var low = 0;
        while (count > Window)
        {
            // The half is a multiple of the stride, so that what is left is read without a rest.
            var half = (count / 2) & -Stride;
            low = keys[low + half - 1] < wanted ? low + half : low;
            count -= half;
        }

        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(keys), low);
        var target = Vector256.Create(wanted);
        var (even, odd) = (Vector256<long>.Zero, Vector256<long>.Zero);
        for (var at = 0; at < count; at += Stride)
        {
            even -= Vector256.LessThan(Vector256.LoadUnsafe(ref first, (nuint)at), target);
            odd -= Vector256.LessThan(Vector256.LoadUnsafe(ref first, (nuint)(at + 4)), target);
        }

        return low + (int)Vector256.Sum(even + odd);
    }
}
