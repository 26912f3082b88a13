using AITrader.Signals.Indicators;

namespace AITrader.Signals.Tests.Indicators;

/// <summary>Ten million inputs: what is carried along must be what the last window gives when it is computed anew in decimal.</summary>
public sealed class LongRunTests
{
    private const int Inputs = 10_000_000;
    private const int Period = 250;
    private const int Kept = 1_024;

    [Fact]
    public void Rolling_averages_do_not_drift()
    {
        var (sma, wma, vwap, kama) = (new Sma(Period), new Wma(Period), new RollingVwap(Period), new Kama(Period));
        var (prices, volumes) = (new double[Kept], new double[Kept]);
        var random = new Random(50);
        var cents = 5_000_000L;
        for (var i = 0; i < Inputs; i++)
        {
            cents = Math.Max(
                1,
                cents
                    + random.Next(-40, 41)
                    + (random.Next(1_000_000) == 0 ? 900_000_000 : 0)
                    - (cents > 10_000_000 && random.Next(500_000) == 0 ? cents - 100 : 0)
            );
            var (price, volume) = (cents / 100.0, random.Next(5) == 0 ? 0.0 : random.Next(1, 1_000_000) / 1_000.0);
            (prices[i % Kept], volumes[i % Kept]) = (price, volume);
            sma.Update(price);
            wma.Update(price);
            vwap.Update(price, volume);
            kama.Update(price);
            if (i % 499_979 == 499_978)
            {
                var window = Enumerable
                    .Range(i - Period + 1, Period)
                    .Select(n => ((decimal)prices[n % Kept], (decimal)volumes[n % Kept]))
                    .ToList();
                Near((double)window.Average(static x => x.Item1), sma.Value, i);
                Near((double)(window.Select(static (x, n) => (n + 1) * x.Item1).Sum() / (Period * (Period + 1) / 2)), wma.Value, i);
                Near((double)(window.Sum(static x => x.Item1 * x.Item2) / window.Sum(static x => x.Item2)), vwap.Value, i);
                Assert.True(double.IsFinite(kama.Value));
            }
        }
    }

    [Fact]
    public void Sums_of_a_session_keep_ten_digits()
    {
        var (vwap, moments) = (default(SessionVwap), default(Moments));
        var (notional, traded, sum, squares) = (0m, 0m, 0m, 0m);
        var random = new Random(51);
        var cents = 6_000_000L;
        for (var i = 0; i < Inputs; i++)
        {
            cents += random.Next(-40, 41);
            var (price, volume) = (cents / 100.0, random.Next(1, 1_000) / 1_000.0);
            vwap.Update(price, volume);
            moments.Update(price);
            notional += (decimal)price * (decimal)volume;
            traded += (decimal)volume;
            sum += (decimal)price - 60_000m;
            squares += ((decimal)price - 60_000m) * ((decimal)price - 60_000m);
        }

        var variance = (squares - (sum / Inputs * sum)) / (Inputs - 1);
        Near((double)(notional / traded), vwap.Value, Inputs, 1e-10);
        Near((double)(60_000m + (sum / Inputs)), moments.Mean, Inputs, 1e-10);
        Near((double)variance, moments.Variance, Inputs, 1e-10);
    }

    private static void Near(double expected, double actual, int at, double relative = 1e-13) =>
        Assert.True(Math.Abs(expected - actual) <= relative * Math.Abs(expected), $"input {at}: {actual:R}, in decimal {expected:R}");
}
