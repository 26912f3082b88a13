using AITrader.Signals.Indicators;

namespace AITrader.Signals.Tests.Indicators;

/// <summary>Every reference column of the shared data that an indicator has, from its warm-up's end to its last row.</summary>
/// <remarks>
/// A tolerance is half a unit of the last printed digit, more only where the source computed in binary32 (seven digits: CCI, MACD, RSI 14,
/// stochastic,
/// Williams, SMA and EMA of index prices, MFI, ATR) or from rounded steps (Bollinger, VWAP, and OBV from rounded volumes).
/// </remarks>
public sealed class ReferenceTests
{
    private static readonly string[] Inputs = ["Date", "time", "Open", "High", "Low", "Close", "Volume"];

    private static readonly Dictionary<string, Reference> References = All()
        .ToDictionary(static reference => $"{reference.File}: {reference.Column}");

    public static TheoryData<string> Names => [.. References.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Equals_the_reference_column(string name)
    {
        var reference = References[name];
        var file = ReferenceFile.Open(reference.File);
        var expected = file.Column(reference.Column);
        var first = Array.FindIndex(expected, static value => !double.IsNaN(value));
        Assert.Equal(reference.FirstBar, first + 1);
        var actual = reference.Feed().Run(file.Bars);
        var worst = 0.0;
        for (var i = first; i < expected.Length; i++)
        {
            Assert.False(double.IsNaN(expected[i]), $"row {i + 1} has no value");
            worst = Math.Max(worst, Math.Abs(expected[i] - actual[i][0]));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {expected.Length - first} rows, largest difference {worst:E2}");
        Assert.True(worst <= reference.Tolerance, $"largest difference {worst:E2}");
    }

    [Fact]
    public void No_column_is_left_out_without_a_reason()
    {
        var compared = References
            .Values.Select(static reference => $"{reference.File}: {reference.Column}")
            .Concat(
                ReferenceFile
                    .Columns("spy_candle_patterns.txt")
                    .Where(static column => column.StartsWith("CDL", StringComparison.Ordinal))
                    .Select(static column => $"spy_candle_patterns.txt: {column}")
            );
        var all = ReferenceFile
            .Names()
            .SelectMany(static file =>
                ReferenceFile.Columns(file).Except(Inputs, StringComparer.OrdinalIgnoreCase).Select(column => $"{file}: {column}")
            );
        Assert.Equal(
            ["spy_with_indicators.txt: OBV"], // its file has no volumes: only the direction can be told, below
            all.Except(compared, StringComparer.OrdinalIgnoreCase)
        );
    }

    [Fact]
    public void On_balance_volume_without_volumes_goes_where_the_close_goes()
    {
        var file = ReferenceFile.Open("spy_with_indicators.txt");
        var column = file.Column("OBV");
        var steps = Enumerable.Range(1, column.Length - 1).Where(i => double.IsFinite(column[i - 1])).ToList();
        Assert.True(steps.Count > 100);
        Assert.All(steps, i => Assert.Equal(Math.Sign(file.Bars[i].Close - file.Bars[i - 1].Close), Math.Sign(column[i] - column[i - 1])));
    }

    private static IEnumerable<Reference> All() => [.. Averages(), .. Directions(), .. Oscillators()];

    private static IEnumerable<Reference> Averages()
    {
        yield return new("spy_with_indicators.txt", "SMA14", 14, 6e-3, static () =>
            Price(new Sma(14), static (x, p) => x.Update(p), static x => x.Value)
        );
        yield return new("spy_with_indicators.txt", "EMA14", 14, 6e-3, static () => Ema(14));
        yield return new("spy_ema.csv", "EMA14", 14, 1e-12, static () => Ema(14));
        yield return new("spy_with_indicators.txt", "MACD 12 26", 26, 2e-4, static () => Line(static x => x.Value));
        yield return new("spy_with_macd.txt", "MACD", 180, 6e-6, static () => Line(static x => x.Value));
        yield return new("spy_with_macd.txt", "Signal", 180, 6e-6, static () => Line(static x => x.Signal));
        yield return new("spy_with_macd.txt", "Histogram", 180, 6e-6, static () => Line(static x => x.Histogram));
        yield return new("spy_bollinger_bands.txt", "Moving Average 20", 20, 1e-12, static () => Bands(static x => x.Middle));
        yield return new("spy_bollinger_bands.txt", "Bollinger Bands® 20 2 Top", 20, 6.1e-5, static () => Bands(static x => x.Upper));
        yield return new("spy_bollinger_bands.txt", "Bollinger Bands® 20 2 Bottom", 20, 6.1e-5, static () => Bands(static x => x.Lower));
        yield return new("spy_bollinger_bands.txt", "BandWidth", 20, 1.1e-4, static () => Bands(static x => x.BandWidth));
        yield return new("spy_bollinger_bands.txt", "%B", 20, 6.5e-5, static () => Bands(static x => x.PercentB));
        yield return new("spy_var.txt", "Var", 10, 2e-10, static () =>
            Price(new RollingMoments(10), static (x, p) => x.Update(p), static x => x.Variance)
        );
        yield return new("spy_with_vwap.txt", "Moving VWAP 50", 50, 5.7e-5, static () =>
            Bar(new RollingVwap(50), static (x, bar) => x.Update(bar), static x => x.Value)
        );
    }

    private static IEnumerable<Reference> Directions()
    {
        yield return new("spy_atr.txt", "Average True Range 14", 15, 5e-6, static () => PlainRange());
        yield return new("spy_atr_wilder.txt", "Average True Range 14", 14, 5.1e-6, static () =>
            Bar(new Atr(14), static (x, bar) => x.Update(bar), static x => x.Value)
        );
        yield return new("spy_with_adx.txt", "TR", 2, 5.1e-3, static () => Move(static (range, _) => range.Value));
        yield return new("spy_with_adx.txt", "+DM 1", 2, 5.1e-3, static () => Move(static (_, move) => move.Plus));
        yield return new("spy_with_adx.txt", "-DM 1", 2, 5.1e-3, static () => Move(static (_, move) => move.Minus));
        yield return new("spy_with_adx.txt", "TR14", 15, 5.1e-3, static () => WilderSum(static (range, _) => range.Value));
        yield return new("spy_with_adx.txt", "+DM14", 15, 5.1e-3, static () => WilderSum(static (_, move) => move.Plus));
        yield return new("spy_with_adx.txt", "-DM14", 15, 5.1e-3, static () => WilderSum(static (_, move) => move.Minus));
        yield return new("spy_with_adx.txt", "+DI14", 15, 5.1e-5, static () => Direction(static x => x.PlusDi));
        yield return new("spy_with_adx.txt", "-DI14", 15, 5.1e-5, static () => Direction(static x => x.MinusDi));
        yield return new("spy_with_adx.txt", "DI 14 Diff", 15, 5.1e-3, static () => Direction(static x => Math.Abs(x.PlusDi - x.MinusDi)));
        yield return new("spy_with_adx.txt", "DI 14 Sum", 15, 5.1e-3, static () => Direction(static x => x.PlusDi + x.MinusDi));
        yield return new("spy_with_adx.txt", "DX", 15, 5.1e-3, static () => Direction(static x => x.Dx));
        yield return new("spy_with_adx.txt", "ADX 14", 28, 5.1e-5, static () => Direction(static x => x.Value));
        yield return new("spy_with_adx.txt", "ADXR 14", 41, 5.1e-5, static () => Direction(static x => x.Adxr));
    }

    private static IEnumerable<Reference> Oscillators()
    {
        yield return new("spy_with_indicators.txt", "RSI 14 Wilder", 15, 5.1e-6, static () => WilderRsi());
        yield return new("spy_with_indicators.txt", "RSI 14", 16, 3e-4, static () => PlainRsi());
        yield return new("spy_with_cci.txt", "Commodity Channel Index (CCI) 14", 14, 2.2e-3, static () =>
            Bar(new Cci(14), static (x, bar) => x.Update(bar), static x => x.Value)
        );
        yield return new("spy_mfi.txt", "Money Flow Index 20", 21, 7.5e-6, static () =>
            Bar(new Mfi(20), static (x, bar) => x.Update(bar), static x => x.Value)
        );
        yield return new("spy_with_stoch12k3.txt", "Stochastics 12 %K 3", 14, 4e-4, static () =>
            Bar(new Stochastic(12, 3, 5), static (x, bar) => x.Update(bar), static x => x.K)
        );
        yield return new("spy_with_stoch12k3.txt", "%D 5", 18, 2.5e-4, static () =>
            Bar(new Stochastic(12, 3, 5), static (x, bar) => x.Update(bar), static x => x.D)
        );
        yield return new("spy_with_williamsR14.txt", "Williams %R 14", 14, 4e-4, static () =>
            Bar(new WilliamsR(14), static (x, bar) => x.Update(bar), static x => x.Value)
        );
        yield return new("spy_with_obv.txt", "OBV", 2, 1400, static () => Balance());
    }

    private static Feed Bar<T>(T indicator, Action<T, BarInput> update, Func<T, double> read)
        where T : class => Feed.Of(indicator, update, static _ => true, read);

    private static Feed Price<T>(T indicator, Action<T, double> update, Func<T, double> read)
        where T : class => Feed.Of(indicator, (x, bar) => update(x, bar.Close), static _ => true, read);

    private static Feed Line(Func<Macd, double> read) => Price(new Macd(), static (x, price) => x.Update(price), read);

    private static Feed Bands(Func<BollingerBands, double> read) => Price(new BollingerBands(), static (x, price) => x.Update(price), read);

    private static Feed Direction(Func<Adx, double> read) => Bar(new Adx(), static (x, bar) => x.Update(bar), read);

    private static Feed Ema(int period)
    {
        var ema = new Ema(period);
        return Feed.Of(bar => ema.Update(bar.Close), () => ema.IsReady, () => ema.Value);
    }

    private static Feed Balance()
    {
        var balance = default(Obv);
        return Feed.Of(bar => balance.Update(bar), () => balance.IsReady, () => balance.Value);
    }

    private static Feed PlainRange()
    {
        var range = default(TrueRange);
        var mean = new Sma(14);
        return Feed.Of(Update, () => mean.IsReady, () => mean.Value);

        void Update(BarInput bar)
        {
            range.Update(bar);
            mean.Update(range.Value);
        }
    }

    private static Feed Move(Func<TrueRange, DirectionalMove, double> read)
    {
        var range = default(TrueRange);
        var move = default(DirectionalMove);
        return Feed.Of(Update, () => move.IsReady, () => read(range, move));

        void Update(BarInput bar)
        {
            range.Update(bar);
            move.Update(bar);
        }
    }

    private static Feed WilderSum(Func<TrueRange, DirectionalMove, double> read)
    {
        var move = Move(read);
        var average = new WilderAverage(14);
        return Feed.Of(Update, () => average.IsReady, () => 14 * average.Value);

        void Update(BarInput bar)
        {
            move.Update(bar);
            if (move.IsReady)
            {
                average.Update(move.Read(0));
            }
        }
    }

    private static Feed WilderRsi()
    {
        var rsi = new Rsi(14);
        return Feed.Of(Changes(change => rsi.Update(change)), () => rsi.IsReady, () => rsi.Value);
    }

    /// <summary>Cutler's form: plain means instead of Wilder's.</summary>
    private static Feed PlainRsi()
    {
        var gain = new Sma(14);
        var loss = new Sma(14);
        return Feed.Of(Changes(Update), () => gain.IsReady, () => 100 - (100 / (1 + (gain.Value / loss.Value))));

        void Update(double change)
        {
            gain.Update(Math.Max(change, 0));
            loss.Update(Math.Max(-change, 0));
        }
    }

    private static Action<BarInput> Changes(Action<double> take)
    {
        var last = double.NaN;
        return bar =>
        {
            if (!double.IsNaN(last))
            {
                take(bar.Close - last);
            }

            last = bar.Close;
        };
    }

    private sealed record Reference(string File, string Column, int FirstBar, double Tolerance, Func<Feed> Feed);
}
