using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Indicators;
using AITrader.Signals.Tests.Patterns;

namespace AITrader.Signals.Tests.Indicators;

/// <summary>After the last move, equal prices without end: what is a ratio of averages stays what it was, and an average fades to 0, not to
/// the smallest number there is.</summary>
public sealed class StillMarketTests
{
    private const int Moves = 200;
    private const int Still = 30_000;

    [Theory]
    [InlineData(2)]
    [InlineData(14)]
    [InlineData(100)]
    public void Rsi_stays_and_answers_the_next_move(int period)
    {
        var rsi = new Rsi(period);
        foreach (var change in Changes())
        {
            rsi.Update(change);
        }

        var before = rsi.Value;
        Assert.InRange(before, 1, 99);
        Assert.NotInRange(before, 49.9, 50.1);
        for (var i = 0; i < Still; i++)
        {
            rsi.Update(0);
            Assert.Equal(before, rsi.Value, 9);
        }

        rsi.Update(0.05);
        Assert.Equal(100, rsi.Value);
        rsi.Update(-0.05);
        Assert.Equal(100.0 * (period - 1) / ((2 * period) - 1), rsi.Value, 9);
    }

    [Fact]
    public void A_rising_market_that_stops_stays_at_100_and_one_that_never_moved_at_50()
    {
        var (rising, still) = (new Rsi(14), new Rsi(14));
        rising.Update(-1);
        for (var i = 0; i < Still; i++)
        {
            rising.Update(0.5);
            still.Update(0);
        }

        for (var i = 0; i < Still; i++)
        {
            rising.Update(0);
        }

        Assert.Equal((100.0, 50.0), (rising.Value, still.Value));
    }

    [Fact]
    public void The_fused_state_has_the_same_bits_and_its_range_fades_to_0()
    {
        var parameters = PatternParameters.Default;
        var (state, rsi, atr) = (
            new SymbolState(parameters.Periods),
            new Rsi(parameters.RsiPeriod),
            new WilderAverage(parameters.AtrPeriod)
        );
        var cents = 10_000L;
        var last = 0.0;
        for (var i = 0; i < Moves + Still; i++)
        {
            cents += i < Moves ? Step(i) : 0;
            var price = Price.FromNanos(cents * 10_000_000);
            state.Apply(
                new PackedTick
                {
                    TimeMicros = i,
                    Symbol = 0,
                    Kind = TickKind.Trade,
                    Price = price,
                    Size = Quantity.FromRaw(Quantity.Scale),
                }
            );
            if (i > 0)
            {
                rsi.Update(price.ToDouble() - last);
                atr.Update(Math.Abs(price.ToDouble() - last));
            }

            last = price.ToDouble();
            Assert.Equal((rsi.Value, atr.Value), (state.Rsi, state.Atr));
        }

        Assert.InRange(state.Rsi, 51, 99);
        Assert.Equal(0, state.Atr);
    }

    [Fact]
    public void Directional_indicators_stay_and_adx_becomes_their_index()
    {
        var adx = new Adx(14);
        var close = 100.0;
        foreach (var change in Changes())
        {
            close += change;
            adx.Update(
                new BarInput(close - change, Math.Max(close, close - change) + 0.1, Math.Min(close, close - change) - 0.1, close, 1, 0)
            );
        }

        var flat = new BarInput(close, close, close, close, 1, 0);
        adx.Update(flat);
        var (plus, minus, index) = (adx.PlusDi, adx.MinusDi, adx.Dx);
        Assert.InRange(index, 1, 99);
        for (var i = 0; i < Still; i++)
        {
            adx.Update(flat);
            Assert.Equal((plus, minus, index), (adx.PlusDi, adx.MinusDi, adx.Dx), static (a, b) =>
                Near(a.Item1, b.Item1) && Near(a.Item2, b.Item2) && Near(a.Item3, b.Item3)
            );
        }

        Assert.Equal(index, adx.Value, 9);
        Assert.Equal(index, adx.Adxr, 9);

        static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;
    }

    [Fact]
    public void Averages_fade_to_0()
    {
        var (wilder, ema, atr, stochastic) = (new WilderAverage(14), new Ema(9), new Atr(14), new StochasticRsi());
        foreach (var change in Changes())
        {
            wilder.Update(change);
            ema.Update(change);
            atr.Update(new BarInput(100, 101 + change, 99, 100, 1, 0));
            stochastic.Update(100 + change);
        }

        for (var i = 0; i < Still; i++)
        {
            wilder.Update(0);
            ema.Update(0);
            atr.Update(new BarInput(100, 100, 100, 100, 1, 0));
            stochastic.Update(100);
            Assert.False(double.IsSubnormal(wilder.Value) || double.IsSubnormal(ema.Value) || double.IsSubnormal(atr.Value));
        }

        Assert.Equal((0.0, 0.0, 0.0, 50.0), (wilder.Value, ema.Value, atr.Value, stochastic.Raw));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(222)] // of these, rounding alone would make the MACD of closes cross its signal line, 770 bars after the last move
    [InlineData(362)]
    [InlineData(504)]
    public void No_pattern_sees_anything_in_a_market_that_stands_still(int seed)
    {
        var random = new Random(seed);
        var ticks = new List<PackedTick>();
        var cents = 1_234_567L;
        for (var i = 0; i < 1_200; i++)
        {
            cents += i < 300 ? random.Next(-99, 100) : 0;
            ticks.Add(
                new PackedTick
                {
                    TimeMicros = i * EventTime.MicrosPerSecond,
                    Symbol = 0,
                    Kind = TickKind.Trade,
                    Price = Price.FromNanos(cents * 10_000_000),
                    Size = Quantity.FromRaw(Quantity.Scale),
                }
            );
        }

        Assert.DoesNotContain(PatternRun.Find(PatternRun.Only("*"), ticks), static found => found.Tick > 500);
    }

    /// <summary>Mostly up, seeded.</summary>
    private static IEnumerable<double> Changes() => Enumerable.Range(0, Moves).Select(static i => Step(i) / 100.0);

    private static int Step(int i) => (int)((i * 2_654_435_761L % 97) % 9) - 3;
}
