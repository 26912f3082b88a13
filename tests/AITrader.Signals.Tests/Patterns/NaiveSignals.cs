using AITrader.Domain.Ticks;
using AITrader.Signals.Catalogue;

namespace AITrader.Signals.Tests.Patterns;

/// <summary>One signal, as plain values.</summary>
internal sealed record NaiveSignal(int Tick, string Pattern, string Direction, double Score, string Evidence);

/// <summary>docs/formulas.md written down a second time, over whole lists and with nothing incremental that the page does not make
/// incremental.</summary>
internal static class NaiveSignals
{
    internal static List<NaiveSignal> Find(IReadOnlyList<PackedTick> ticks, PatternParameters with)
    {
        var signals = new List<NaiveSignal>();
        var prices = new List<double>();
        var session = new List<(double Price, double Size)>();
        long day = -1,
            quietCross = long.MinValue,
            quietVwap = long.MinValue,
            quietBreakout = long.MinValue;
        var side = 0;
        var armed = true;
        for (var i = 0; i < ticks.Count; i++)
        {
            if (ticks[i].Kind != TickKind.Trade)
            {
                continue;
            }

            var t = ticks[i].TimeMicros;
            var p = (double)ticks[i].Price.ToDecimal();
            if (t / 86_400_000_000 != day)
            {
                day = t / 86_400_000_000;
                session.Clear();
            }

            prices.Add(p);
            session.Add((p, (double)ticks[i].Size.ToDecimal()));
            var n = prices.Count;
            var atr = Wilder(Changes(prices).Select(Math.Abs), with.AtrPeriod);

            if (n >= with.EmaSlow && n >= with.AtrPeriod + 1)
            {
                double fast = Ema(prices, with.EmaFast),
                    slow = Ema(prices, with.EmaSlow);
                var band = with.Read("ema_cross", "BandBps") / 10000 * p;
                var now =
                    fast - slow > band ? 1
                    : fast - slow < -band ? -1
                    : side;
                if (side != 0 && now != side && t >= quietCross)
                {
                    quietCross = t + (long)(with.Read("ema_cross", "Cooldown") * 1e6);
                    var distance = Math.Abs(p - slow) / p * 10000;
                    signals.Add(
                        new NaiveSignal(
                            i,
                            "ema_cross",
                            now > 0 ? "Bullish" : "Bearish",
                            distance / (distance + with.Read("ema_cross", "ScoreBps")),
                            Show(fast, slow, band, distance)
                        )
                    );
                }

                side = now;
            }

            var deviation = StdDev(session.Select(static trade => trade.Price));
            if (session.Count >= with.Read("vwap_deviation", "Warmup") && deviation > 0)
            {
                var vwap = Vwap(session);
                var z = (p - vwap) / deviation;
                armed |= Math.Abs(z) < with.Read("vwap_deviation", "Exit");
                if (armed && Math.Abs(z) >= with.Read("vwap_deviation", "Entry") && t >= quietVwap)
                {
                    quietVwap = t + (long)(with.Read("vwap_deviation", "Cooldown") * 1e6);
                    armed = false;
                    signals.Add(
                        new NaiveSignal(
                            i,
                            "vwap_deviation",
                            z > 0 ? "Bearish" : "Bullish",
                            Math.Min(1, Math.Abs(z) / (2 * with.Read("vwap_deviation", "Entry"))),
                            Show(vwap, deviation, z)
                        )
                    );
                }
            }

            var lookback = (int)with.Read("breakout", "Lookback");
            if (n > lookback)
            {
                var before = prices.GetRange(n - 1 - lookback, lookback);
                double high = before.Max(),
                    low = before.Min();
                var width = (high - low) / p * 10000;
                var excess =
                    p > high ? p - high
                    : p < low ? low - p
                    : 0;
                if (excess > 0 && width > 0 && width >= with.Read("breakout", "MinWidthBps") && t >= quietBreakout)
                {
                    quietBreakout = t + (long)(with.Read("breakout", "Cooldown") * 1e6);
                    signals.Add(
                        new NaiveSignal(
                            i,
                            "breakout",
                            p > high ? "Bullish" : "Bearish",
                            0.5 + (0.5 * (excess / (excess + atr))),
                            Show(high, low, excess, width)
                        )
                    );
                }
            }
        }

        return signals;
    }

    internal static IEnumerable<double> Changes(IReadOnlyList<double> prices) =>
        Enumerable.Range(1, prices.Count - 1).Select(i => prices[i] - prices[i - 1]);

    internal static double Ema(IReadOnlyList<double> prices, int period)
    {
        if (prices.Count <= period)
        {
            return prices.Sum() / prices.Count;
        }

        return prices
            .Skip(period)
            .Aggregate(prices.Take(period).Sum() / period, (ema, price) => ema + (2.0 / (period + 1) * (price - ema)));
    }

    internal static double Wilder(IEnumerable<double> inputs, int period)
    {
        var all = inputs.ToList();
        if (all.Count <= period)
        {
            return all.Count == 0 ? 0 : all.Sum() / all.Count;
        }

        return all.Skip(period).Aggregate(all.Take(period).Sum() / period, (average, input) => ((average * (period - 1)) + input) / period);
    }

    internal static double Vwap(IReadOnlyList<(double Price, double Size)> session) =>
        session.Sum(static trade => trade.Size) > 0
            ? session.Sum(static trade => trade.Price * trade.Size) / session.Sum(static trade => trade.Size)
            : session[^1].Price;

    internal static double StdDev(IEnumerable<double> inputs)
    {
        double mean = 0,
            squares = 0;
        long k = 0;
        foreach (var input in inputs)
        {
            var d = input - mean;
            mean += d / ++k;
            squares += d * (input - mean);
        }

        return k < 2 ? 0 : Math.Sqrt(squares / (k - 1));
    }

    internal static string Show(params double[] values) =>
        string.Join(' ', values.Select(static value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
}
