using System.Numerics;
using AITrader.Domain.Ticks;

namespace AITrader.Domain.Normalization;

/// <summary>What a normalizer did, over all instruments. Written by its one thread, read by any.</summary>
public sealed class NormalizerCounts
{
    private const int Verdicts = (int)TickVerdict.Crossed + 1;
    private const int Flags = 8;

    private readonly long[] _verdicts = new long[Verdicts];
    private readonly long[] _flags = new long[Flags];
    private long _missing;
    private long _lifted;
    private long _implausible;
    private long _restarts;

    /// <summary>Events with this verdict.</summary>
    public long this[TickVerdict verdict] => Volatile.Read(ref _verdicts[(int)verdict]);

    /// <summary>Ticks with this one flag.</summary>
    public long this[TickFlags flag] => Volatile.Read(ref _flags[Index(flag)]);

    /// <summary>Numbered events that never came.</summary>
    public long Missing => Volatile.Read(ref _missing);

    /// <summary>Ticks whose event time was lifted to that of the tick before.</summary>
    public long Lifted => Volatile.Read(ref _lifted);

    /// <summary>Times of the source that were refused, as they lie too far ahead of the receive time.</summary>
    public long Implausible => Volatile.Read(ref _implausible);

    /// <summary>Numbers that began again below those that were seen.</summary>
    public long Restarts => Volatile.Read(ref _restarts);

    internal TickVerdict Count(TickVerdict verdict)
    {
        Volatile.Write(ref _verdicts[(int)verdict], _verdicts[(int)verdict] + 1);
        return verdict;
    }

    internal void Count(TickFlags flags)
    {
        for (var rest = (int)flags; rest != 0; rest &= rest - 1)
        {
            ref var count = ref _flags[BitOperations.TrailingZeroCount(rest)];
            Volatile.Write(ref count, count + 1);
        }
    }

    internal void CountMissing(long events) => Volatile.Write(ref _missing, _missing + events);

    internal void CountLifted() => Volatile.Write(ref _lifted, _lifted + 1);

    internal void CountImplausible() => Volatile.Write(ref _implausible, _implausible + 1);

    internal void CountRestart() => Volatile.Write(ref _restarts, _restarts + 1);

    private static int Index(TickFlags flag)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(BitOperations.PopCount((uint)flag), 1);
        return BitOperations.TrailingZeroCount((int)flag);
    }
}
