using AITrader.Signals.Indicators;
using AITrader.Signals.Tests.Patterns;

namespace AITrader.Signals.Tests.Indicators;

/// <summary>Indicators without a reference column, computed again from all bars so far, as their formulas are printed. Keys and periods of
/// <see cref="IndicatorCases"/>.</summary>
internal static class NaiveIndicators
{
    internal static Dictionary<string, Func<List<BarInput>, double[]>> All { get; } =
        new()
        {
            ["Wma"] = static bars => [Wma(Closes(bars), 7)],
            ["Hma"] = static bars => [Hma(Closes(bars), 9)],
            ["Kama"] = static bars => [Kama(Closes(bars), 10)],
            ["RollingMoments"] = static bars => Moments([.. Closes(bars).TakeLast(8)]),
            ["Moments"] = static bars => Sample(Closes(bars)),
            ["StochasticRsi"] = static bars => StochasticRsi(Closes(bars)),
            ["DonchianChannel"] = static bars => [High(bars, 9), Low(bars, 9), (High(bars, 9) + Low(bars, 9)) / 2],
            ["KeltnerChannel"] = static bars => Keltner(bars),
            ["SuperTrend"] = static bars => SuperTrend(bars, 6, 1.5),
            ["Ichimoku"] = static bars => Ichimoku(bars),
            ["ParabolicSar"] = static bars => ParabolicSar(bars, 0.02, 0.2),
            ["Roc"] = static bars => [100 * ((bars[^1].Close / bars[^10].Close) - 1)],
            ["RollingVwap"] = static bars => [Vwap([.. bars.TakeLast(9)])],
            ["ChaikinMoneyFlow"] = static bars => [MoneyFlow([.. bars.TakeLast(9)])],
        };

    private static List<double> Closes(List<BarInput> bars) => bars.ConvertAll(static bar => bar.Close);

    private static double High(IEnumerable<BarInput> bars, int period) => bars.TakeLast(period).Max(static bar => bar.High);

    private static double Low(IEnumerable<BarInput> bars, int period) => bars.TakeLast(period).Min(static bar => bar.Low);

    private static double Middle(IEnumerable<BarInput> bars, int period) => (High(bars, period) + Low(bars, period)) / 2;

    private static double Wma(IEnumerable<double> inputs, int period) =>
        inputs.TakeLast(period).Select(static (input, i) => (i + 1) * input).Sum() / Enumerable.Range(1, period).Sum();

    private static double Hma(List<double> prices, int period)
    {
        var raw = new List<double>();
        for (var end = period; end <= prices.Count; end++)
        {
            var sofar = prices.Take(end);
            raw.Add((2 * Wma(sofar, period / 2)) - Wma(sofar, period));
        }

        return Wma(raw, (int)Math.Floor(Math.Sqrt(period)));
    }

    private static double Kama(List<double> prices, int period)
    {
        var value = prices[period - 1];
        for (var i = period; i < prices.Count; i++)
        {
            var path = Enumerable.Range(i - period + 1, period).Sum(j => Math.Abs(prices[j] - prices[j - 1]));
            var ratio = path == 0 ? 1 : Math.Abs(prices[i] - prices[i - period]) / path;
            value += Math.Pow((ratio * ((2 / 3.0) - (2 / 31.0))) + (2 / 31.0), 2) * (prices[i] - value);
        }

        return value;
    }

    private static double[] Moments(List<double> window)
    {
        var mean = window.Average();
        var squares = window.Sum(price => (price - mean) * (price - mean));
        var deviation = Math.Sqrt(squares / window.Count);
        var score = window.Distinct().Count() == 1 ? 0 : (window[^1] - mean) / deviation;
        return [mean, squares / window.Count, deviation, squares / (window.Count - 1), score];
    }

    private static double[] Sample(List<double> prices)
    {
        var moments = Moments(prices);
        return [moments[0], moments[3], (prices[^1] - moments[0]) / Math.Sqrt(moments[3])];
    }

    private static double[] StochasticRsi(List<double> prices)
    {
        var strengths = new List<double>();
        for (var end = 6; end <= prices.Count; end++)
        {
            var changes = NaiveSignals.Changes([.. prices.Take(end)]).ToList();
            var gain = NaiveSignals.Wilder(changes.Select(static change => Math.Max(change, 0)), 5);
            var loss = NaiveSignals.Wilder(changes.Select(static change => Math.Max(-change, 0)), 5);
            strengths.Add(loss == 0 ? (gain == 0 ? 50 : 100) : 100 - (100 / (1 + (gain / loss))));
        }

        var raw = new List<double>();
        for (var end = 6; end <= strengths.Count; end++)
        {
            double[] window = [.. strengths.Take(end).TakeLast(6)];
            var range = window.Max() - window.Min();
            raw.Add(range < 1e-9 ? 50 : 100 * (window[^1] - window.Min()) / range);
        }

        var smooth = Enumerable.Range(3, Math.Max(0, raw.Count - 2)).Select(end => raw.Take(end).TakeLast(3).Average()).ToList();
        return [raw[^1], smooth[^1], smooth.TakeLast(2).Average()];
    }

    private static IEnumerable<double> Ranges(List<BarInput> bars) =>
        bars.Select((bar, i) => i == 0 ? bar.High - bar.Low : Math.Max(bar.High, bars[i - 1].Close) - Math.Min(bar.Low, bars[i - 1].Close));

    private static double[] Keltner(List<BarInput> bars)
    {
        var middle = NaiveSignals.Ema(Closes(bars), 9);
        var away = 2 * NaiveSignals.Wilder(Ranges(bars), 6);
        return [middle, middle + away, middle - away];
    }

    private static double[] SuperTrend(List<BarInput> bars, int period, double width)
    {
        double upper = 0,
            lower = 0,
            stop = 0;
        for (var i = period - 1; i < bars.Count; i++)
        {
            var away = width * NaiveSignals.Wilder(Ranges(bars).Take(i + 1), period);
            var middle = (bars[i].High + bars[i].Low) / 2;
            if (i == period - 1)
            {
                (upper, lower) = (middle + away, middle - away);
                stop = bars[i].Close > middle ? lower : upper;
                continue;
            }

            var wasUpper = stop == upper;
            upper = middle + away < upper || bars[i - 1].Close > upper ? middle + away : upper;
            lower = middle - away > lower || bars[i - 1].Close < lower ? middle - away : lower;
            stop = wasUpper ? (bars[i].Close <= upper ? upper : lower) : (bars[i].Close >= lower ? lower : upper);
        }

        return [stop, stop == lower ? 1 : 0];
    }

    private static double[] Ichimoku(List<BarInput> bars)
    {
        var earlier = bars.Take(bars.Count - 6).ToList();
        return
        [
            Middle(bars, 4),
            Middle(bars, 7),
            (Middle(bars, 4) + Middle(bars, 7)) / 2,
            Middle(bars, 11),
            (Middle(earlier, 4) + Middle(earlier, 7)) / 2,
            Middle(earlier, 11),
            earlier[^1].Close,
        ];
    }

    private static double[] ParabolicSar(List<BarInput> bars, double step, double limit)
    {
        var fall = bars[0].Low - bars[1].Low;
        var isLong = !(fall > 0 && fall > bars[1].High - bars[0].High);
        var (next, extreme, factor) = isLong ? (bars[0].Low, bars[1].High, step) : (bars[0].High, bars[1].Low, step);
        var value = 0.0;
        for (var i = 1; i < bars.Count; i++)
        {
            BarInput[] two = [bars[Math.Max(1, i - 1)], bars[i]];
            var (low, high) = (two.Min(static bar => bar.Low), two.Max(static bar => bar.High));
            var reached = isLong ? bars[i].Low <= next : bars[i].High >= next;
            value = reached ? (isLong ? Math.Max(extreme, high) : Math.Min(extreme, low)) : next;
            isLong ^= reached;
            var own = isLong ? bars[i].High : bars[i].Low;
            var isExtreme = isLong ? own > extreme : own < extreme;
            factor =
                reached ? step
                : isExtreme ? Math.Min(limit, factor + step)
                : factor;
            extreme = reached || isExtreme ? own : extreme;
            next = value + (factor * (extreme - value));
            next = isLong ? Math.Min(next, low) : Math.Max(next, high);
        }

        return [value, isLong ? 1 : 0];
    }

    private static double Vwap(List<BarInput> window)
    {
        var volume = window.Sum(static bar => bar.Volume);
        var last = window[^1];
        return volume == 0
            ? (last.Open + last.High + last.Low + last.Close) / 4
            : window.Sum(static bar => bar.Volume * (bar.Open + bar.High + bar.Low + bar.Close) / 4) / volume;
    }

    private static double MoneyFlow(List<BarInput> window)
    {
        var volume = window.Sum(static bar => bar.Volume);
        var flow = window
            .Where(static bar => bar.High > bar.Low)
            .Sum(static bar => bar.Volume * (((2 * bar.Close) - bar.High - bar.Low) / (bar.High - bar.Low)));
        return volume == 0 ? 0 : flow / volume;
    }
}
