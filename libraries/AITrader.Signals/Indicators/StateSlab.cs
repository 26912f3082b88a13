using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AITrader.Signals.Indicators;

/// <summary>Room for the states of many symbols side by side, each on cache lines of its own. For one thread.</summary>
/// <remarks>
/// What every trade moves lies apart from the windows of prices, so that the states of thousands of symbols stay in a core's own cache.
/// Room is not used again:
/// a slab belongs to one bank of symbols, and a block of it lives as long as one of its states.
/// </remarks>
public sealed class StateSlab
{
    private const int WindowBytesOfBlock = 1 << 16;

    private readonly Dictionary<IndicatorPeriods, FusedPeriods> _periods = [];
    private readonly PinnedBlocks _states;
    private readonly PinnedBlocks _windows = new(WindowBytesOfBlock);

    /// <summary>A slab that takes memory for so many symbols at a time.</summary>
    public StateSlab(int symbolsOfBlock = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(symbolsOfBlock, 1);
        _states = new PinnedBlocks(symbolsOfBlock * FusedState.Bytes);
    }

    /// <summary>The constants of the periods, one for all symbols that have them.</summary>
    internal FusedPeriods Periods(IndicatorPeriods periods)
    {
        if (!_periods.TryGetValue(periods, out var constants))
        {
            constants = new FusedPeriods(periods);
            _periods.Add(periods, constants);
        }

        return constants;
    }

    internal PinnedRoom TakeState() => _states.Take(FusedState.Bytes);

    internal PinnedRoom TakeWindow(FusedPeriods periods) => _windows.Take(ChannelWindow.Bytes(periods));
}

/// <summary>A place in a pinned array.</summary>
internal readonly struct PinnedRoom(byte[] block, nint offset)
{
    /// <summary>The first byte. The array is pinned and the place lies within it: <see cref="PinnedBlocks"/> made it so.</summary>
    internal ref byte Start => ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(block), offset);
}

/// <summary>Cuts large pinned arrays into zeroed rooms that begin on a cache line and never move.</summary>
internal sealed class PinnedBlocks(int bytesOfBlock)
{
    private byte[] _block = [];
    private nint _next;
    private nint _end;

    internal PinnedRoom Take(int bytes)
    {
        if (bytes > _end - _next)
        {
            var size = Math.Max(bytes, bytesOfBlock);
            _block = GC.AllocateArray<byte>(size + FusedState.CacheLine, pinned: true);
            _next = -Address(_block) & (FusedState.CacheLine - 1);
            _end = _next + size;
        }

        var room = new PinnedRoom(_block, _next);
        _next += (bytes + FusedState.CacheLine - 1) & ~(FusedState.CacheLine - 1);
        return room;
    }

    private static nint Address(byte[] pinned) =>
        Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetArrayDataReference(pinned));
}
