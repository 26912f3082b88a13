namespace AITrader.SystemSupport.Expectation;

/// <summary>A signal as docs/formulas.md defines it.</summary>
public sealed record ExpectedSignal(
    long Seq,
    long Micros,
    string Symbol,
    string Pattern,
    bool IsBullish,
    double Score,
    double Price,
    ExpectedFeatures Features
);

/// <summary>Indicators after the trade of a signal.</summary>
public sealed record ExpectedFeatures(
    double EmaFast,
    double EmaSlow,
    double Vwap,
    double StdDev,
    double Rsi,
    double Atr,
    decimal? Bid,
    decimal? Ask,
    long Trades,
    double[] Window
);

/// <summary>
/// Signals of a capture, written down from docs/formulas.md alone: plain lists, everything computed from the whole history of trades where
/// the
/// product keeps running state. For the default parameters.
/// </summary>
public static class ExpectedSignals
{
    private const int Fast = 20;
    private const int Slow = 80;
    private const int Smoothing = 14;
    private const int Lookback = 200;
    private const int WindowLength = 64;
    private const long CoolDownMicros = 5_000_000;
    private const long DayMicros = 86_400_000_000;

    /// <summary>All signals of one symbol's ticks, in order.</summary>
    public static List<ExpectedSignal> Of(IEnumerable<CaptureTick> ticks)
    {
        var found = new List<ExpectedSignal>();
        var history = new History();
        var detectors = new Detectors();
        decimal? bid = null,
            ask = null;
        foreach (var tick in ticks)
        {
            if (tick.Quote is { } quote)
            {
                (bid, ask) = (quote.Bid, quote.Ask);
                continue;
            }

            history.Add((double)tick.Price!.Value, (double)tick.Size!.Value, tick.Micros);
            foreach (var (pattern, bullish, score) in detectors.Look(history, tick.Micros))
            {
                found.Add(
                    new ExpectedSignal(
                        tick.Seq,
                        tick.Micros,
                        tick.Symbol,
                        pattern,
                        bullish,
                        score,
                        history.Last,
                        history.Features(bid, ask)
                    )
                );
            }
        }

        return found;
    }

    private sealed class History
    {
        private readonly List<double> _prices = [];
        private readonly List<double> _gains = [];
        private readonly List<double> _losses = [];
        private readonly List<double> _moves = [];
        private double _fast,
            _slow,
            _gain,
            _loss,
            _atr,
            _notional,
            _volume,
            _mean,
            _m2;
        private long _day = -1;

        public int Count => _prices.Count;

        public long Session { get; private set; }

        public double Last => _prices[^1];

        public double EmaFast => _fast;

        public double EmaSlow => _slow;

        public double Atr => _atr;

        public double Vwap => _volume > 0 ? _notional / _volume : Last;

        public double StdDev => Session < 2 ? 0 : Math.Sqrt(_m2 / (Session - 1));

        public (double High, double Low) Channel()
        {
            var before = _prices.GetRange(_prices.Count - 1 - Lookback, Lookback);
            return (before.Max(), before.Min());
        }

        public void Add(double price, double size, long micros)
        {
            if (micros / DayMicros != _day)
            {
                _day = micros / DayMicros;
                (_notional, _volume, _mean, _m2, Session) = (0, 0, 0, 0, 0);
            }

            if (_prices.Count > 0)
            {
                var change = price - Last;
                _gain = Wilder(_gains, _gain, Math.Max(change, 0));
                _loss = Wilder(_losses, _loss, Math.Max(-change, 0));
                _atr = Wilder(_moves, _atr, Math.Abs(change));
            }

            _prices.Add(price);
            _fast = Ema(_fast, Fast, price);
            _slow = Ema(_slow, Slow, price);
            _notional += price * size;
            _volume += size;
            Session++;
            var distance = price - _mean;
            _mean += distance / Session;
            _m2 += distance * (price - _mean);
        }

        public ExpectedFeatures Features(decimal? bid, decimal? ask) =>
            new(_fast, _slow, Vwap, StdDev, Rsi(), _atr, bid, ask, Count, [.. _prices.Skip(Math.Max(0, Count - WindowLength))]);

        private double Rsi() =>
            _loss == 0
                ? _gain == 0
                    ? 50
                    : 100
                : 100 - (100 / (1 + (_gain / _loss)));

        private double Ema(double before, int period, double price) =>
            _prices.Count <= period ? _prices.Sum() / _prices.Count : before + (2.0 / (period + 1) * (price - before));

        private static double Wilder(List<double> inputs, double before, double input)
        {
            inputs.Add(input);
            return inputs.Count <= Smoothing ? inputs.Sum() / inputs.Count : ((before * (Smoothing - 1)) + input) / Smoothing;
        }
    }

    private sealed class Detectors
    {
        private readonly Dictionary<string, long> _quietUntil = [];
        private int _side;
        private bool _armed = true;

        public IEnumerable<(string Pattern, bool IsBullish, double Score)> Look(History history, long micros)
        {
            var price = history.Last;
            if (history.Count >= Slow && history.Count >= Smoothing + 1 && Cross(history, price, micros) is { } cross)
            {
                yield return cross;
            }

            if (history.Session >= 100 && history.StdDev > 0 && Deviation(history, price, micros) is { } deviation)
            {
                yield return deviation;
            }

            if (history.Count > Lookback && Breakout(history, price, micros) is { } breakout)
            {
                yield return breakout;
            }
        }

        private (string Pattern, bool IsBullish, double Score)? Cross(History history, double price, long micros)
        {
            var band = 0.1 / 10_000 * price;
            var spread = history.EmaFast - history.EmaSlow;
            var before = _side;
            _side =
                spread > band ? 1
                : spread < -band ? -1
                : _side;
            if (_side == before || before == 0 || !MayEnter("ema_cross", micros))
            {
                return null;
            }

            var distance = Math.Abs(price - history.EmaSlow) / price * 10_000;
            return ("ema_cross", _side > 0, distance / (distance + 1.0));
        }

        private (string Pattern, bool IsBullish, double Score)? Deviation(History history, double price, long micros)
        {
            var z = (price - history.Vwap) / history.StdDev;
            _armed |= Math.Abs(z) < 1.5;
            if (!_armed || Math.Abs(z) < 2.0 || !MayEnter("vwap_deviation", micros))
            {
                return null;
            }

            _armed = false;
            return ("vwap_deviation", z < 0, Math.Min(1, Math.Abs(z) / 4.0));
        }

        private (string Pattern, bool IsBullish, double Score)? Breakout(History history, double price, long micros)
        {
            var (high, low) = history.Channel();
            var width = (high - low) / price * 10_000;
            if ((price <= high && price >= low) || width <= 0 || width < 0.5 || !MayEnter("breakout", micros))
            {
                return null;
            }

            var excess = price > high ? price - high : low - price;
            return ("breakout", price > high, 0.5 + (0.5 * (excess / (excess + history.Atr))));
        }

        private bool MayEnter(string pattern, long micros)
        {
            if (_quietUntil.TryGetValue(pattern, out var until) && micros < until)
            {
                return false;
            }

            _quietUntil[pattern] = micros + CoolDownMicros;
            return true;
        }
    }
}
