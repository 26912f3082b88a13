using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AITrader.OrderBooks;

/// <summary>Search in ascending keys whose array is filled up with <see cref="Filler"/>.</summary>
internal static class SortedKeys
{
    /// <summary>Keys in a block.</summary>
    internal const int Block = 64;

    /// <summary>Keys that a search reads at once: arrays are as long as a multiple of it.</summary>
    internal const int Stride = 8;

    /// <summary>What unused places hold: never below any key.</summary>
    internal const long Filler = long.MaxValue;

    private const int Window = 64;
    private const int Lanes = 4;

    /// <summary>How many of the first <paramref name="count"/> keys are below the wanted one.</summary>
    /// <remarks>Compares and counts many keys at a time, which beats halving where every branch is a coin toss; long arrays are halved
    /// first, without branches.</remarks>
    internal static int CountBelow(ReadOnlySpan<long> keys, int count, long wanted)
    {
        var low = 0;
        ref var first = ref MemoryMarshal.GetReference(keys);
        while (count > Window)
        {
            // The half is a multiple of the stride, so that what is left is read without a rest.
            var half = (count / 2) & -Stride;
            low += half * Unsafe.BitCast<bool, byte>(Unsafe.Add(ref first, low + half - 1) < wanted);
            count -= half;
        }

        first = ref Unsafe.Add(ref first, low);
        var target = Vector256.Create(wanted);
        var (even, odd) = (Vector256<long>.Zero, Vector256<long>.Zero);
        for (var at = 0; at < count; at += Stride)
        {
            even -= Vector256.LessThan(Vector256.LoadUnsafe(ref first, (nuint)at), target);
            odd -= Vector256.LessThan(Vector256.LoadUnsafe(ref first, (nuint)(at + 4)), target);
        }

        return low + (int)Vector256.Sum(even + odd);
    }

    /// <summary>The same in exactly <see cref="Block"/> keys, the unused ones filled up: no branch at all.</summary>
    internal static int CountBelowInBlock(ref long first, long wanted)
    {
        var target = Vector256.Create(wanted);
        var (even, odd) = (Vector256<long>.Zero, Vector256<long>.Zero);
        for (var at = 0; at < Block; at += 4 * Stride)
        {
            even -=
                Below(ref first, at, target)
                + Below(ref first, at + 8, target)
                + Below(ref first, at + 16, target)
                + Below(ref first, at + 24, target);
            odd -=
                Below(ref first, at + 4, target)
                + Below(ref first, at + 12, target)
                + Below(ref first, at + 20, target)
                + Below(ref first, at + 28, target);
        }

        return (int)Vector256.Sum(even + odd);
    }

    /// <summary>Makes room at an index of a block that is not full, in its keys and its sizes.</summary>
    /// <remarks>
    /// Both in one loop, whose end is guessed wrong once and not twice, from the top down. Spans that overlap would be moved by the C
    /// library, a call that costs more than these few
    /// vectors. What is moved too much lies behind the count.
    /// </remarks>
    internal static void ShiftUp(ref long keys, ref long sizes, int index, int count)
    {
        if (index > Block - Lanes - 1)
        {
            for (var at = count; at > index; at--)
            {
                Unsafe.Add(ref keys, at) = Unsafe.Add(ref keys, at - 1);
                Unsafe.Add(ref sizes, at) = Unsafe.Add(ref sizes, at - 1);
            }

            return;
        }

        var (firstKeys, firstSizes) = (Vector256.LoadUnsafe(ref keys, (nuint)index), Vector256.LoadUnsafe(ref sizes, (nuint)index));
        for (var at = count - Lanes; at > index; at -= Lanes)
        {
            Vector256.LoadUnsafe(ref keys, (nuint)at).StoreUnsafe(ref keys, (nuint)(at + 1));
            Vector256.LoadUnsafe(ref sizes, (nuint)at).StoreUnsafe(ref sizes, (nuint)(at + 1));
        }

        firstKeys.StoreUnsafe(ref keys, (nuint)(index + 1));
        firstSizes.StoreUnsafe(ref sizes, (nuint)(index + 1));
    }

    /// <summary>Closes the gap at an index of a block, in its keys and its sizes.</summary>
    internal static void ShiftDown(ref long keys, ref long sizes, int index, int count)
    {
        var at = index;
        for (; at < count - 1 && at < Block - Lanes; at += Lanes)
        {
            Vector256.LoadUnsafe(ref keys, (nuint)(at + 1)).StoreUnsafe(ref keys, (nuint)at);
            Vector256.LoadUnsafe(ref sizes, (nuint)(at + 1)).StoreUnsafe(ref sizes, (nuint)at);
        }

        for (; at < count - 1; at++)
        {
            Unsafe.Add(ref keys, at) = Unsafe.Add(ref keys, at + 1);
            Unsafe.Add(ref sizes, at) = Unsafe.Add(ref sizes, at + 1);
        }
    }

    private static Vector256<long> Below(ref long first, int at, Vector256<long> target) =>
        Vector256.LessThan(Vector256.LoadUnsafe(ref first, (nuint)at), target);
}
