using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AITrader.Signals.Indicators;

/// <summary>The indicators of one symbol, three cache lines of 64 bytes: two that every trade moves, one that only the warm-up and quotes
/// move.</summary>
/// <remarks>
/// What is computed together lies together, so that it is read, moved and written as one vector. Offsets are held by a test. All zero is a
/// state
/// that has seen nothing but for <see cref="Session"/> and <see cref="BlockStart"/>.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal struct FusedState
{
    internal const int CacheLine = 64;
    internal const int Bytes = 3 * CacheLine;

    /// <summary>A session before any: no tick is of it, and its first microsecond still fits 64 bits.</summary>
    internal const int NoSession = -100_000_000;

    /// <summary>Wilder's averages of gains, losses and absolute changes, and the session's mean: one division moves all four.</summary>
    [FieldOffset(0)]
    internal Vector256<double> Averages;

    [FieldOffset(0)]
    internal double Gain;

    [FieldOffset(8)]
    internal double Loss;

    [FieldOffset(16)]
    internal double Atr;

    [FieldOffset(24)]
    internal double Mean;

    /// <summary>Fast and slow exponential average.</summary>
    [FieldOffset(32)]
    internal Vector128<double> Emas;

    [FieldOffset(32)]
    internal double EmaFast;

    [FieldOffset(40)]
    internal double EmaSlow;

    /// <summary>Sum of price times size, and of size, of the session.</summary>
    [FieldOffset(48)]
    internal Vector128<double> Flow;

    [FieldOffset(48)]
    internal double Notional;

    [FieldOffset(56)]
    internal double Volume;

    [FieldOffset(64)]
    internal double Last;

    /// <summary>Welford's sum of squares.</summary>
    [FieldOffset(72)]
    internal double Squares;

    /// <summary>Trades of the session; a double, as it is only ever divided by.</summary>
    [FieldOffset(80)]
    internal double SessionTrades;

    /// <summary>The session, a UTC day since 1970.</summary>
    [FieldOffset(88)]
    internal int Session;

    /// <summary>Prices in the block that is growing.</summary>
    [FieldOffset(92)]
    internal int BlockPosition;

    [FieldOffset(96)]
    internal long Trades;

    [FieldOffset(104)]
    internal long TimeMicros;

    /// <summary>Extremes of the block of prices that is growing; see <see cref="ChannelWindow"/>.</summary>
    [FieldOffset(112)]
    internal Vector128<double> BlockStart;

    /// <summary>Sums of the warm-up.</summary>
    [FieldOffset(128)]
    internal double GainSum;

    [FieldOffset(136)]
    internal double LossSum;

    [FieldOffset(144)]
    internal double RangeSum;

    [FieldOffset(152)]
    internal double FastSum;

    [FieldOffset(160)]
    internal double SlowSum;

    [FieldOffset(168)]
    internal long Bid;

    [FieldOffset(176)]
    internal long Ask;
}
