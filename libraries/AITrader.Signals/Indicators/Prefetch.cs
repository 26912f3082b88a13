using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AITrader.Signals.Indicators;

/// <summary>Prefetches memory. A hint: it reads nothing, and does nothing where the processor has no such
/// instruction.</summary>
internal static class Prefetch
{
    internal static unsafe void Lines(ref byte first, int lines)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        // The reference is into pinned memory; even a stale address would only fetch something else.
        var address = (byte*)Unsafe.AsPointer(ref first);
        for (var i = 0; i < lines; i++)
        {
            Sse.Prefetch0(address + (i * FusedState.CacheLine));
        }
    }
}
