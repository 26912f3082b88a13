using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AITrader.Markets.Patterns;

namespace AITrader.Markets.Indicators;

/// <summary>Room for the states of many symbols side by side, each on cache lines of its own. For one thread.</summary>
/// <remarks>Pinned memory in blocks, so a state never moves; a block lives as long as one of its states. A slot is not used again: a slab belongs to one bank of symbols.</remarks>
public sealed class StateSlab
{
    private readonly Dictionary<PatternParameters, FusedPeriods> _periods = [];
    private readonly int _slotsOfBlock;
    private byte[] _block = [];
    private nint _next;
    private int _left;

    /// <summary>A slab that takes memory for so many symbols at a time.</summary>
    public StateSlab(int slotsOfBlock = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slotsOfBlock, 1);
        _slotsOfBlock = slotsOfBlock;
    }

    /// <summary>The constants of the parameters, one for all symbols that have them.</summary>
    internal FusedPeriods Periods(PatternParameters parameters)
    {
        if (!_periods.TryGetValue(parameters, out var periods))
        {
            periods = new FusedPeriods(parameters);
            _periods.Add(parameters, periods);
        }

        return periods;
    }

    /// <summary>Memory of one state, all zero, and where in it the state begins.</summary>
    internal (byte[] Block, nint Offset) Take()
    {
        if (_left == 0)
        {
            _block = GC.AllocateArray<byte>((_slotsOfBlock * FusedState.Bytes) + FusedState.CacheLine, pinned: true);
            _next = Misalignment(_block);
            _left = _slotsOfBlock;
        }

        var offset = _next;
        _next += FusedState.Bytes;
        _left--;
        return (_block, offset);
    }

    // A pinned array stays where it is, so what is found once holds.
    private static nint Misalignment(byte[] block)
    {
        var address = Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetArrayDataReference(block));
        return -address & (FusedState.CacheLine - 1);
    }
}
