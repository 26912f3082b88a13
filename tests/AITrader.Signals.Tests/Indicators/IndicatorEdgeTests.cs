using AITrader.Signals.Indicators;

namespace AITrader.Signals.Tests.Indicators;

/// <summary>Every indicator on inputs at the edges: the shortest periods, nothing that moves or trades, the smallest and largest prices
/// there are, and what is no number.</summary>
public sealed class IndicatorEdgeTests
{
    private const double Least = 1e-9;
    private const double Most = 9.2e9;

    private static readonly Dictionary<string, List<BarInput>> Series = new()
    {
        ["walk"] = BarSamples.Walk(40, 400),
        ["constant"] = [.. Enumerable.Repeat(new BarInput(0.1, 0.1, 0.1, 0.1, 0.1, 0), 400)],
        ["no volume"] = BarSamples.Walk(41, 400).ConvertAll(static bar => bar with { Volume = 0 }),
        ["no range"] = BarSamples
            .Walk(42, 400)
            .ConvertAll(static bar => new BarInput(bar.Close, bar.Close, bar.Close, bar.Close, bar.Volume, 0)),
        ["gaps"] = [.. BarSamples.Walk(43, 400).Select(static (bar, i) => Scale(bar, i / 7 % 2 == 0 ? 1 : 1_000, 1))],
        ["least"] = BarSamples.Walk(44, 400).ConvertAll(static bar => Scale(bar, Least, 1e-8)),
        ["most"] = BarSamples.Walk(45, 400).ConvertAll(static bar => Scale(bar, Most / 200, 9e5)),
        ["least after most"] =
        [
            .. BarSamples.Walk(46, 400).Select(static (bar, i) => Scale(bar, i % 61 < 20 ? Most / 200 : Least, i % 37 < 9 ? 9e5 : 1e-8)),
        ],
        ["still after most"] =
        [
            .. BarSamples
                .Walk(47, 400)
                .Select(static (bar, i) => i % 61 < 20 ? Scale(bar, Most / 200, 9e5) : new BarInput(Least, Least, Least, Least, 0, 0)),
        ],
    };

    private static readonly Dictionary<string, (double Least, double Most)> Bounds = new()
    {
        ["Rsi.Value"] = (0, 100),
        ["Adx.Value"] = (0, 100),
        ["Adx.PlusDi"] = (0, 100),
        ["Adx.MinusDi"] = (0, 100),
        ["Adx.Dx"] = (0, 100),
        ["Adx.Adxr"] = (0, 100),
        ["Stochastic.RawK"] = (0, 100),
        ["Stochastic.K"] = (0, 100),
        ["Stochastic.D"] = (0, 100),
        ["StochasticRsi.Raw"] = (0, 100),
        ["StochasticRsi.K"] = (0, 100),
        ["StochasticRsi.D"] = (0, 100),
        ["Mfi.Value"] = (0, 100),
        ["WilliamsR.Value"] = (-100, 0),
        ["ChaikinMoneyFlow.Value"] = (-1, 1),
        ["RollingMoments.Variance"] = (0, double.MaxValue),
        ["Moments.Variance"] = (0, double.MaxValue),
        ["TrueRange.Value"] = (0, double.MaxValue),
        ["Atr.Value"] = (0, double.MaxValue),
        ["SessionVwap.Value"] = (Least / 2, Most),
        ["RollingVwap.Value"] = (Least / 2, Most),
        ["Ema.Value"] = (0, Most),
        ["WilderAverage.Value"] = (0, Most),
        ["Sma.Value"] = (Least / 2, Most),
        ["Wma.Value"] = (Least / 2, Most),
        ["Kama.Value"] = (0, Most),
    };

    public static TheoryData<string> Names => [.. AnyIndicator.Types.Select(static type => type.Name)];

    public static TheoryData<string, int, string> Runs
    {
        get
        {
            var runs = new TheoryData<string, int, string>();
            foreach (var type in AnyIndicator.Types)
            {
                foreach (var series in Series.Keys)
                {
                    runs.Add(type.Name, 1, series);
                    runs.Add(type.Name, 14, series);
                }
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Stays_finite_and_within_its_bounds(string name, int period, string series)
    {
        var indicator = AnyIndicator.Of(name, period);
        var bar = 0;
        foreach (var input in Series[series])
        {
            indicator.Update(Input(name, input));
            bar++;
            foreach (var (output, value) in indicator.Read())
            {
                Assert.True(double.IsFinite(value), $"bar {bar}: {output} is {value}");
                if (Bounds.TryGetValue($"{name}.{output}", out var bounds))
                {
                    Assert.True(value >= bounds.Least && value <= bounds.Most, $"bar {bar}: {output} is {value:R}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Refuses_what_is_no_number_and_goes_on_as_if_it_had_not_come(string name)
    {
        var indicator = AnyIndicator.Of(name, 5);
        foreach (var bar in BarSamples.Walk(48, 40))
        {
            var before = indicator.Save();
            foreach (var wrong in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            {
                Assert.Throws<ArgumentOutOfRangeException>(() => indicator.Update(new BarInput(wrong, wrong, wrong, wrong, wrong, 0)));
                Assert.Throws<ArgumentOutOfRangeException>(() => indicator.Update(bar with { Close = wrong }));
                Assert.Equal(before, indicator.Save());
            }

            indicator.Update(bar);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Refuses_a_period_without_an_input(string name)
    {
        var takesPeriods = AnyIndicator
            .Types.Single(type => type.Name == name)
            .GetConstructors()
            .Any(static c => c.GetParameters().Any(static p => p.ParameterType == typeof(int)));
        foreach (var period in (int[])[0, -1])
        {
            if (takesPeriods && name != "Adx")
            {
                Assert.ThrowsAny<Exception>(() => AnyIndicator.Of(name, period));
            }
        }
    }

    [Theory]
    [InlineData("Sma")]
    [InlineData("Ema")]
    [InlineData("Wma")]
    [InlineData("Hma")]
    [InlineData("Kama")]
    [InlineData("WilderAverage")]
    [InlineData("RollingVwap")]
    public void An_average_of_one_input_is_the_input(string name)
    {
        var indicator = AnyIndicator.Of(name, 1);
        foreach (
            var bar in BarSamples.Walk(49, 200).ConvertAll(static bar => new BarInput(bar.Close, bar.Close, bar.Close, bar.Close, 1, 0))
        )
        {
            indicator.Update(bar);
            var value = indicator.Read().Single(static output => output.Name == "Value").Value;
            Assert.True(name == "Kama" || value == bar.Close, $"{value:R} of {bar.Close:R}");
        }
    }

    [Fact]
    public void Refuses_parameters_that_make_no_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Macd(26, 26));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Kama(10, 30, 2));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new BollingerBands(20, -1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new KeltnerChannel(width: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new SuperTrend(10, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ParabolicSar(-0.02));
    }

    [Fact]
    public void Kama_comes_to_the_price_of_a_market_that_stands_still()
    {
        var kama = new Kama(5);
        foreach (var price in (double[])[10, 12, 11, 14, 13, 15, .. Enumerable.Repeat(20.0, 30)])
        {
            kama.Update(price);
        }

        Assert.Equal(20, kama.Value, 1e-4);
    }

    // Changes of a price are what an index of changes takes.
    private static BarInput Input(string name, in BarInput bar) => name == "Rsi" ? bar with { Close = bar.Close - bar.Open } : bar;

    private static BarInput Scale(in BarInput bar, double price, double volume) =>
        new(bar.Open * price, bar.High * price, bar.Low * price, bar.Close * price, bar.Volume * volume, bar.TimeMicros);
}
