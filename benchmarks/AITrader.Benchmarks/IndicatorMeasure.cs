using AITrader.Signals.Indicators;

namespace AITrader.Benchmarks;

/// <summary>Every bar indicator alone, a bar at a time.</summary>
/// <remarks>
/// Three have a goal against Skender.Stock.Indicators. Where its package cannot be had the figures that its project publishes for streaming
/// one bar are the reference: those are
/// of another machine, so the ratio says the order of magnitude and no more.
/// </remarks>
internal sealed class IndicatorMeasure
{
    private const int Count = 20_000;
    private const int Period = 20;
    private const double Nanos = 1e9;
    private const double Faster = 5;
    private const double Tolerance = 1e-9;

    private static readonly (string Name, double Nanos)[] Published = [("Ema", 51), ("SessionVwap", 59), ("RollingMoments", 123)];

    private readonly BarInput[] _bars = Bars();

    /// <summary>Takes every result, so that no loop can be left out.</summary>
    public double Sink { get; private set; }

    public void Run(Findings findings, CancellationToken ct)
    {
        Check();
        foreach (var (name, loop) in Loops())
        {
            var result = ShortSlices.Measure(loop, Touch, ct);
            var each = result.Subject / Count * Nanos;
            findings.Row($"indicator {name}", each, "ns/bar");
            findings.Control($"indicator {name}", result.Control);
            if (Published.FirstOrDefault(published => published.Name == name) is { Nanos: > 0 } reference)
            {
                findings.Row($"indicator {name}: Skender.Stock.Indicators, published, another machine", reference.Nanos, "ns/bar");
                findings.AtLeast($"{name.ToLowerInvariant()}_faster_than_skender_published", reference.Nanos / each, "x", Faster);
            }
        }
    }

    private static BarInput[] Bars()
    {
        var random = new Random(3);
        var bars = new BarInput[Count];
        var close = 100.0;
        for (var i = 0; i < Count; i++)
        {
            var open = close;
            close += random.NextDouble() - 0.5;
            bars[i] = new BarInput(
                open,
                Math.Max(open, close) + random.NextDouble(),
                Math.Min(open, close) - random.NextDouble(),
                close,
                random.Next(1, 1000),
                i * 60_000_000L
            );
        }

        return bars;
    }

    /// <summary>What is timed must be right: against the plain sums over the same bars.</summary>
    private void Check()
    {
        var (ema, vwap, moments) = (new Ema(Period), default(SessionVwap), new RollingMoments(Period));
        var (average, notional, volume) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Count; i++)
        {
            var bar = _bars[i];
            ema.Update(bar.Close);
            vwap.Update(bar.Average, bar.Volume);
            moments.Update(bar.Close);
            average =
                i < Period
                    ? _bars.Take(i + 1).Average(static b => b.Close)
                    : (average * (1 - (2.0 / (Period + 1)))) + (bar.Close * 2.0 / (Period + 1));
            notional += bar.Average * bar.Volume;
            volume += bar.Volume;
            var window = _bars.AsSpan(Math.Max(0, i + 1 - Period), Math.Min(i + 1, Period)).ToArray();
            var mean = window.Average(static b => b.Close);
            var deviation = Math.Sqrt(window.Sum(b => (b.Close - mean) * (b.Close - mean)) / window.Length);
            if (
                Math.Abs(ema.Value - average) > Tolerance
                || Math.Abs(vwap.Value - (notional / volume)) > Tolerance
                || Math.Abs(moments.StdDev - deviation) > Tolerance
            )
            {
                throw new InvalidOperationException($"An indicator is wrong at bar {i}.");
            }
        }
    }

    private IEnumerable<(string Name, Action Loop)> Loops()
    {
        yield return ("Ema", Ema);
        yield return ("SessionVwap", Vwap);
        yield return ("RollingMoments", () =>
            Feed(new RollingMoments(Period), static (x, bar) => x.Update(bar.Close), static x => x.StdDev)
        );
        yield return ("Sma", () => Feed(new Sma(Period), static (x, bar) => x.Update(bar.Close), static x => x.Value));
        yield return ("Wma", () => Feed(new Wma(Period), static (x, bar) => x.Update(bar.Close), static x => x.Value));
        yield return ("Hma", () => Feed(new Hma(Period), static (x, bar) => x.Update(bar.Close), static x => x.Value));
        yield return ("Kama", () => Feed(new Kama(Period), static (x, bar) => x.Update(bar.Close), static x => x.Value));
        yield return ("Macd", () => Feed(new Macd(), static (x, bar) => x.Update(bar.Close), static x => x.Histogram));
        yield return ("BollingerBands", () => Feed(new BollingerBands(), static (x, bar) => x.Update(bar.Close), static x => x.Upper));
        yield return ("Atr", () => Feed(new Atr(), static (x, bar) => x.Update(bar), static x => x.Value));
        yield return ("Adx", () => Feed(new Adx(), static (x, bar) => x.Update(bar), static x => x.Value));
        yield return ("Stochastic", () => Feed(new Stochastic(), static (x, bar) => x.Update(bar), static x => x.D));
        yield return ("StochasticRsi", () => Feed(new StochasticRsi(), static (x, bar) => x.Update(bar.Close), static x => x.D));
        yield return ("Cci", () => Feed(new Cci(), static (x, bar) => x.Update(bar), static x => x.Value));
        yield return ("Mfi", () => Feed(new Mfi(), static (x, bar) => x.Update(bar), static x => x.Value));
        yield return ("WilliamsR", () => Feed(new WilliamsR(), static (x, bar) => x.Update(bar), static x => x.Value));
        yield return ("RollingVwap", () => Feed(new RollingVwap(Period), static (x, bar) => x.Update(bar), static x => x.Value));
        yield return ("DonchianChannel", () => Feed(new DonchianChannel(), static (x, bar) => x.Update(bar), static x => x.Upper));
        yield return ("KeltnerChannel", () => Feed(new KeltnerChannel(), static (x, bar) => x.Update(bar), static x => x.Upper));
        yield return ("SuperTrend", () => Feed(new SuperTrend(), static (x, bar) => x.Update(bar), static x => x.Value));
        yield return ("Ichimoku", () => Feed(new Ichimoku(), static (x, bar) => x.Update(bar), static x => x.CloudA));
        yield return ("ParabolicSar", () => Feed(new ParabolicSar(), static (x, bar) => x.Update(bar), static x => x.Value));
        yield return ("Roc", () => Feed(new Roc(), static (x, bar) => x.Update(bar.Close), static x => x.Value));
        yield return ("ChaikinMoneyFlow", () => Feed(new ChaikinMoneyFlow(), static (x, bar) => x.Update(bar), static x => x.Value));
    }

    private void Ema()
    {
        var ema = new Ema(Period);
        foreach (ref readonly var bar in _bars.AsSpan())
        {
            ema.Update(bar.Close);
            Sink += ema.Value;
        }
    }

    private void Vwap()
    {
        var vwap = default(SessionVwap);
        foreach (ref readonly var bar in _bars.AsSpan())
        {
            vwap.Update(bar.Average, bar.Volume);
            Sink += vwap.Value;
        }
    }

    // Through delegates: a nanosecond or two a bar that a direct call would not have.
    private void Feed<T>(T indicator, Action<T, BarInput> update, Func<T, double> read)
    {
        foreach (ref readonly var bar in _bars.AsSpan())
        {
            update(indicator, bar);
            Sink += read(indicator);
        }
    }

    private void Touch()
    {
        foreach (ref readonly var bar in _bars.AsSpan())
        {
            Sink += bar.Close;
        }
    }
}
