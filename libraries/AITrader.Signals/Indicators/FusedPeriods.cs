using System.Numerics;
using System.Runtime.Intrinsics;

namespace AITrader.Signals.Indicators;

/// <summary>What the periods mean for <see cref="FusedState"/>: constants in the order of its vectors. Symbols of the same periods
/// share one.</summary>
internal sealed class FusedPeriods
{
    internal FusedPeriods(IndicatorPeriods periods)
    {
        Fast = periods.EmaFast;
        Slow = periods.EmaSlow;
        Rsi = periods.Rsi;
        Atr = periods.Atr;
        ReadyAt = Math.Max(Math.Max(Fast, Slow), Atr + 1);
        SteadyAt = Math.Max(ReadyAt, Rsi + 1);
        Lookback = periods.Channel;
        RingLength = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(periods.Window, Lookback + 1));
        Alpha = Vector128.Create(2.0 / (Fast + 1), 2.0 / (Slow + 1));
        Weights = Vector256.Create(Rsi - 1.0, Rsi - 1.0, Atr - 1.0, -1.0);
        Divisors = Vector256.Create((double)Rsi, Rsi, Atr, 1.0);
    }

    internal int Fast { get; }

    internal int Slow { get; }

    internal int Rsi { get; }

    internal int Atr { get; }

    /// <summary>Trades after which both averages and the ATR have their periods.</summary>
    internal int ReadyAt { get; }

    /// <summary>Trades after which nothing is warming up.</summary>
    internal int SteadyAt { get; }

    /// <summary>Prices of the channel.</summary>
    internal int Lookback { get; }

    /// <summary>Prices held: the window, and the channel with the price after it; a power of two.</summary>
    internal int RingLength { get; }

    internal Vector128<double> Alpha { get; }

    /// <summary>Weights of the old averages; -1 for the mean, whose dividend is price - mean.</summary>
    internal Vector256<double> Weights { get; }

    /// <summary>Divisors; the mean's is the number of trades.</summary>
    internal Vector256<double> Divisors { get; }
}
