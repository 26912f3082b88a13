using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AITrader.Signals.Indicators;

/// <summary>Prefetches memory. A hint: it reads nothing, and does nothing where the processor has no such
/// instruction.</summary>
internal static class Prefetch
{
    /// <summary>The first lines of an object's fields.</summary>
    /// <remarks>The object may move meanwhile; then something else was fetched.</remarks>
    internal static void Fields(object any, int lines) => Lines(ref Unsafe.As<StrongBox<byte>>(any).Value, lines);

    internal static unsafe void Lines(ref byte first, int lines)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        // The address is read only, and by the processor alone: even a stale one would only fetch something else.
        var address = (byte*)Unsafe.AsPointer(ref first);
        for (var i = 0; i < lines; i++)
        {
            Sse.Prefetch0(address + (i * FusedState.CacheLine));
        }
    }
}
