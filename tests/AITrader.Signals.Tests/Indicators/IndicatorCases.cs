using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Tests.Indicators;

/// <summary>Every bar indicator with small periods, and the number of the bar at which its documented warm-up ends.</summary>
internal static class IndicatorCases
{
    internal static Dictionary<string, (int WarmUp, Func<Feed> Feed)> All { get; } =
        new()
        {
            ["Sma"] = (7, static () =>
                Feed.Of(new Sma(7), static (x, bar) => x.Update(bar.Close), static x => x.IsReady, static x => x.Value)
            ),
            ["Ema"] = (7, Ema),
            ["Wma"] = (7, static () =>
                Feed.Of(new Wma(7), static (x, bar) => x.Update(bar.Close), static x => x.IsReady, static x => x.Value)
            ),
            ["Hma"] = (11, static () =>
                Feed.Of(new Hma(9), static (x, bar) => x.Update(bar.Close), static x => x.IsReady, static x => x.Value)
            ),
            ["Kama"] = (11, static () =>
                Feed.Of(new Kama(10), static (x, bar) => x.Update(bar.Close), static x => x.IsReady, static x => x.Value)
            ),
            ["Macd"] = (13, static () =>
                Feed.Of(
                    new Macd(4, 9, 5),
                    static (x, bar) => x.Update(bar.Close),
                    static x => x.IsReady,
                    static x => x.Value,
                    static x => x.Signal,
                    static x => x.Histogram
                )
            ),
            ["BollingerBands"] = (8, static () =>
                Feed.Of(
                    new BollingerBands(8),
                    static (x, bar) => x.Update(bar.Close),
                    static x => x.IsReady,
                    static x => x.Middle,
                    static x => x.Upper,
                    static x => x.Lower,
                    static x => x.BandWidth,
                    static x => x.PercentB
                )
            ),
            ["RollingMoments"] = (8, static () =>
                Feed.Of(
                    new RollingMoments(8),
                    static (x, bar) => x.Update(bar.Close),
                    static x => x.IsReady,
                    static x => x.Mean,
                    static x => x.Variance,
                    static x => x.StdDev,
                    static x => x.SampleVariance,
                    static x => x.ZScore
                )
            ),
            ["Moments"] = (2, Moments),
            ["TrueRange"] = (1, Range),
            ["Atr"] = (6, static () => Feed.Of(new Atr(6), static (x, bar) => x.Update(bar), static x => x.IsReady, static x => x.Value)),
            ["DirectionalMove"] = (2, Move),
            ["Adx direction"] = (6, static () => Direction(static x => x.IsDirectionReady)),
            ["Adx"] = (10, static () => Direction(static x => x.IsReady)),
            ["Adx rating"] = (14, static () => Direction(static x => x.IsRatingReady)),
            ["Stochastic K"] = (8, static () => Lane(static x => x.IsKReady)),
            ["Stochastic"] = (11, static () => Lane(static x => x.IsReady)),
            ["StochasticRsi raw"] = (11, static () => Chande(static x => x.IsRawReady)),
            ["StochasticRsi K"] = (13, static () => Chande(static x => x.IsKReady)),
            ["StochasticRsi"] = (14, static () => Chande(static x => x.IsReady)),
            ["Rsi"] = (6, Strength),
            ["Cci"] = (9, static () => Feed.Of(new Cci(9), static (x, bar) => x.Update(bar), static x => x.IsReady, static x => x.Value)),
            ["Mfi"] = (9, static () => Feed.Of(new Mfi(8), static (x, bar) => x.Update(bar), static x => x.IsReady, static x => x.Value)),
            ["WilliamsR"] = (9, static () =>
                Feed.Of(new WilliamsR(9), static (x, bar) => x.Update(bar), static x => x.IsReady, static x => x.Value)
            ),
            ["Obv"] = (1, Balance),
            ["RollingVwap"] = (9, static () =>
                Feed.Of(new RollingVwap(9), static (x, bar) => x.Update(bar), static x => x.IsReady, static x => x.Value)
            ),
            ["DonchianChannel"] = (9, static () =>
                Feed.Of(
                    new DonchianChannel(9),
                    static (x, bar) => x.Update(bar),
                    static x => x.IsReady,
                    static x => x.Upper,
                    static x => x.Lower,
                    static x => x.Middle
                )
            ),
            ["KeltnerChannel"] = (9, static () =>
                Feed.Of(
                    new KeltnerChannel(9, 6),
                    static (x, bar) => x.Update(bar),
                    static x => x.IsReady,
                    static x => x.Middle,
                    static x => x.Upper,
                    static x => x.Lower
                )
            ),
            ["SuperTrend"] = (6, static () =>
                Feed.Of(
                    new SuperTrend(6, 1.5),
                    static (x, bar) => x.Update(bar),
                    static x => x.IsReady,
                    static x => x.Value,
                    static x => x.IsUp ? 1 : 0
                )
            ),
            ["Ichimoku base"] = (7, static () => Clouds(static x => x.IsBaseReady)),
            ["Ichimoku leading"] = (11, static () => Clouds(static x => x.IsLeadingReady)),
            ["Ichimoku"] = (17, static () => Clouds(static x => x.IsReady)),
            ["ParabolicSar"] = (2, static () =>
                Feed.Of(
                    new ParabolicSar(),
                    static (x, bar) => x.Update(bar),
                    static x => x.IsReady,
                    static x => x.Value,
                    static x => x.IsLong ? 1 : 0
                )
            ),
            ["Roc"] = (10, static () =>
                Feed.Of(new Roc(9), static (x, bar) => x.Update(bar.Close), static x => x.IsReady, static x => x.Value)
            ),
            ["ChaikinMoneyFlow"] = (9, static () =>
                Feed.Of(new ChaikinMoneyFlow(9), static (x, bar) => x.Update(bar), static x => x.IsReady, static x => x.Value)
            ),
            ["WilderAverage"] = (6, Smoothed),
            ["SessionVwap"] = (1, Session),
        };

    private static Feed Direction(Func<Adx, bool> isReady) =>
        Feed.Of(
            new Adx(5),
            static (x, bar) => x.Update(bar),
            isReady,
            static x => x.PlusDi,
            static x => x.MinusDi,
            static x => x.Dx,
            static x => x.Value,
            static x => x.Adxr
        );

    private static Feed Lane(Func<Stochastic, bool> isReady) =>
        Feed.Of(new Stochastic(6, 3, 4), static (x, bar) => x.Update(bar), isReady, static x => x.RawK, static x => x.K, static x => x.D);

    private static Feed Chande(Func<StochasticRsi, bool> isReady) =>
        Feed.Of(
            new StochasticRsi(5, 6, 3, 2),
            static (x, bar) => x.Update(bar.Close),
            isReady,
            static x => x.Raw,
            static x => x.K,
            static x => x.D
        );

    private static Feed Clouds(Func<Ichimoku, bool> isReady) =>
        Feed.Of(
            new Ichimoku(4, 7, 11, 6),
            static (x, bar) => x.Update(bar),
            isReady,
            static x => x.Conversion,
            static x => x.Base,
            static x => x.LeadingA,
            static x => x.LeadingB,
            static x => x.CloudA,
            static x => x.CloudB,
            static x => x.LaggedClose
        );

    private static Feed Ema()
    {
        var ema = new Ema(7);
        return Feed.Of(bar => ema.Update(bar.Close), () => ema.IsReady, () => ema.Value)
            .Stored(writer => ema.Save(writer), (ref reader) => ema.Load(ref reader));
    }

    private static Feed Moments()
    {
        var moments = default(Moments);
        var last = 0.0;
        return Feed.Of(Update, () => moments.Count >= 2, () => moments.Mean, () => moments.Variance, () => moments.ZScore(last))
            .Stored(writer => Write(writer, w => moments.Save(w), last), Load);

        void Update(BarInput bar)
        {
            moments.Update(bar.Close);
            last = bar.Close;
        }

        void Load(ref StateReader reader)
        {
            moments.Load(ref reader);
            last = reader.ReadDouble();
        }
    }

    private static Feed Smoothed()
    {
        var average = new WilderAverage(6);
        return Feed.Of(bar => average.Update(bar.Close), () => average.IsReady, () => average.Value)
            .Stored(writer => average.Save(writer), (ref reader) => average.Load(ref reader));
    }

    private static Feed Session()
    {
        var vwap = default(SessionVwap);
        return Feed.Of(bar => vwap.Update(bar.Close, bar.Volume), () => vwap.Value != 0, () => vwap.Value, () => vwap.Volume)
            .Stored(writer => vwap.Save(writer), (ref reader) => vwap.Load(ref reader));
    }

    private static Feed Range()
    {
        var range = default(TrueRange);
        return Feed.Of(bar => range.Update(bar), () => range.IsReady, () => range.Value)
            .Stored(writer => range.Save(writer), (ref reader) => range.Load(ref reader));
    }

    private static Feed Move()
    {
        var move = default(DirectionalMove);
        return Feed.Of(bar => move.Update(bar), () => move.IsReady, () => move.Plus, () => move.Minus)
            .Stored(writer => move.Save(writer), (ref reader) => move.Load(ref reader));
    }

    private static Feed Strength()
    {
        var rsi = new Rsi(5);
        var last = double.NaN;
        return Feed.Of(Update, () => rsi.IsReady, () => rsi.Value).Stored(writer => Write(writer, w => rsi.Save(w), last), Load);

        void Update(BarInput bar)
        {
            if (!double.IsNaN(last))
            {
                rsi.Update(bar.Close - last);
            }

            last = bar.Close;
        }

        void Load(ref StateReader reader)
        {
            rsi.Load(ref reader);
            last = reader.ReadDouble();
        }
    }

    private static void Write(StateWriter writer, Action<StateWriter> save, double last)
    {
        save(writer);
        writer.Write(last);
    }

    private static Feed Balance()
    {
        var balance = default(Obv);
        return Feed.Of(bar => balance.Update(bar), () => balance.IsReady, () => balance.Value)
            .Stored(writer => balance.Save(writer), (ref reader) => balance.Load(ref reader));
    }
}
