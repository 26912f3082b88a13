using System.Runtime.InteropServices;

namespace AITrader.Benchmarks;

/// <summary>A loop that does nothing but read memory, word by word.</summary>
internal static class MemoryFloor
{
    public static long Sum(params ReadOnlySpan<byte[]> blocks)
    {
        var sum = 0L;
        foreach (var block in blocks)
        {
            foreach (var word in MemoryMarshal.Cast<byte, long>(block))
            {
                sum += word;
            }
        }

        return sum;
    }
}
