using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;

namespace AITrader.Signals.Indicators;

/// <summary>Moves a <see cref="FusedState"/> by one trade. The same operations in the same order as <see cref="Ema"/>, <see cref="Rsi"/>,
/// <see cref="WilderAverage"/>, <see cref="SessionVwap"/> and <see cref="Moments"/>, so the same bits; four divisions are one.</summary>
internal static class FusedUpdate
{
    /// <summary>Whole numbers up to this are exact as double.</summary>
    private const ulong ExactAsDouble = 1UL << 53;

    private const double SignBit = -0.0;

    // Below these an average has faded away; the mean's step is no average.
    private static Vector256<double> Ends => Vector256.Create(Fading.End, Fading.End, Fading.End, double.NegativeInfinity);

    private static Vector128<double> Scales => Vector128.Create((double)Price.Scale, Quantity.Scale);

    internal static void Trade(ref FusedState state, FusedPeriods periods, in ChannelWindow window, in PackedTick tick)
    {
        var trade = ToDoubles(tick);
        if ((ulong)(tick.TimeMicros - (state.Session * EventTime.MicrosPerDay)) >= (ulong)EventTime.MicrosPerDay)
        {
            BeginSession(ref state, tick.TimeMicros);
        }

        window.Push(ref state, trade.ToScalar());
        if (state.Trades < periods.SteadyAt)
        {
            WarmUp(ref state, periods, trade.ToScalar());
        }
        else
        {
            Steady(ref state, periods, trade.ToScalar());
        }

        var price = trade.ToScalar();
        state.Flow += Vector128.Create(price * trade.GetElement(1), trade.GetElement(1));
        state.Last = price;
        state.Trades++;
    }

    /// <summary>Price and size as the nearest doubles: exact division of exact numbers, or the careful way where they are large.</summary>
    private static Vector128<double> ToDoubles(in PackedTick tick)
    {
        var price = tick.Price.Nanos;
        var size = tick.Size.Raw;
        return (ulong)price < ExactAsDouble && (ulong)size < ExactAsDouble
            ? Vector128.Create((double)price, size) / Scales
            : Vector128.Create(tick.Price.ToDouble(), tick.Size.ToDouble());
    }

    private static void Steady(ref FusedState state, FusedPeriods periods, double price)
    {
        var change = Vector256.Create(price - state.Last);

        // Gain, loss and range are what is above 0 of change, -change and |change|; the price is above 0 anyway.
        var moves = Vector256.WithElement(
            Vector256.AndNot(change ^ Vector256.Create(0, SignBit, 0, 0), Vector256.Create(0, 0, SignBit, 0)),
            3,
            price
        );
        var inputs = moves & Vector256.GreaterThan(moves, Vector256<double>.Zero);

        var count = state.SessionTrades + 1.0;
        var averages = state.Averages;
        var dividends = (averages * periods.Weights) + inputs;
        var quotients = dividends / periods.Divisors.WithElement(3, count);
        quotients &= Vector256.GreaterThanOrEqual(quotients, Ends);
        if (Math.Max(quotients.GetElement(0), quotients.GetElement(1)) < WilderAverage.Still)
        {
            quotients = quotients.WithLower(averages.GetLower());
        }

        var mean = averages.GetElement(3) + quotients.GetElement(3);
        state.Averages = quotients.WithElement(3, mean);
        state.Squares += dividends.GetElement(3) * (price - mean);
        state.SessionTrades = count;

        var emas = state.Emas;
        state.Emas = emas + (periods.Alpha * (Vector128.Create(price) - emas));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WarmUp(ref FusedState state, FusedPeriods periods, double price)
    {
        var before = state.Trades;
        if (before > 0)
        {
            var change = price - state.Last;
            var (gain, loss) = (state.Gain, state.Loss);
            Wilder(ref state.Gain, ref state.GainSum, before, periods.Rsi, Math.Max(change, 0.0));
            Wilder(ref state.Loss, ref state.LossSum, before, periods.Rsi, Math.Max(-change, 0.0));
            if (before > periods.Rsi && Math.Max(state.Gain, state.Loss) < WilderAverage.Still)
            {
                (state.Gain, state.Loss) = (gain, loss);
            }

            Wilder(ref state.Atr, ref state.RangeSum, before, periods.Atr, Math.Abs(change));
        }

        Exponential(ref state.EmaFast, ref state.FastSum, before + 1, periods.Fast, price);
        Exponential(ref state.EmaSlow, ref state.SlowSum, before + 1, periods.Slow, price);
        state.SessionTrades += 1.0;
        var delta = price - state.Mean;
        state.Mean += delta / state.SessionTrades;
        state.Squares += delta * (price - state.Mean);
    }

    private static void Wilder(ref double average, ref double sum, long number, int period, double input)
    {
        if (number > period)
        {
            average = Fading.Rest(((average * (period - 1)) + input) / period);
            return;
        }

        sum += input;
        average = sum / number;
    }

    private static void Exponential(ref double average, ref double sum, long number, int period, double input)
    {
        if (number > period)
        {
            average += 2.0 / (period + 1) * (input - average);
            return;
        }

        sum += input;
        average = sum / number;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void BeginSession(ref FusedState state, long micros)
    {
        state.Session = (int)EventTime.Session(micros);
        state.Mean = 0;
        state.Squares = 0;
        state.SessionTrades = 0;
        state.Flow = Vector128<double>.Zero;
    }
}
