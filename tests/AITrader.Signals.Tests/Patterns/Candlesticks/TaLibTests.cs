using System.Runtime.InteropServices;
using AITrader.Signals.Bars;
using AITrader.Signals.Indicators;
using AITrader.Signals.Patterns.Candlesticks;

namespace AITrader.Signals.Tests.Patterns.Candlesticks;

/// <summary>All candlesticks against TA-Lib itself, bar by bar. Run where asked for (<c>-explicit only</c>), with the path of a TA-Lib 0.4
/// shared library in TALIB_LIBRARY.</summary>
public sealed class TaLibTests
{
    private const int Bars = 150_000;
    private const int Seeds = 6;

    private delegate int Plain(
        int start,
        int end,
        double[] open,
        double[] high,
        double[] low,
        double[] close,
        out int first,
        out int count,
        int[] values
    );

    private delegate int Penetrating(
        int start,
        int end,
        double[] open,
        double[] high,
        double[] low,
        double[] close,
        double penetration,
        out int first,
        out int count,
        int[] values
    );

    private delegate int Starting();

    public static TheoryData<string> Kinds => ["cents", "sixteenths", "cheap", "dear", "tiny", "thirds", "shapes"];

    [Theory(Explicit = true)]
    [MemberData(nameof(Kinds))]
    public void Gives_what_TA_Lib_gives(string kind)
    {
        var library = NativeLibrary.Load(
            Environment.GetEnvironmentVariable("TALIB_LIBRARY")
                ?? throw new InvalidOperationException("TALIB_LIBRARY is not set to the path of a TA-Lib shared library.")
        );
        Marshal.GetDelegateForFunctionPointer<Starting>(NativeLibrary.GetExport(library, "TA_Initialize"))();
        var found = new int[CandlePatterns.All.Length];
        for (var seed = 0; seed < Seeds; seed++)
        {
            var bars = kind == "shapes" ? Shapes(new Random(seed)) : Walk(kind, new Random(seed));
            var ours = Ours(bars);
            for (var i = 0; i < found.Length; i++)
            {
                var theirs = Theirs(library, CandlePatterns.All[i], bars);
                var same = theirs.AsSpan().CommonPrefixLength(ours[i]);
                Assert.True(same == Bars, $"{CandlePatterns.All[i].Name}, seed {seed}, bar {same}: not what TA-Lib says");
                found[i] += ours[i].Count(static value => value != 0);
            }
        }

        for (var i = 0; i < found.Length; i++)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{kind} {CandlePatterns.All[i].Name}: {Bars * Seeds} bars, found {found[i]} times"
            );
        }
    }

    private static int[][] Ours(List<BarInput> bars)
    {
        var window = new CandleWindow();
        var values = Array.ConvertAll(CandlePatterns.All, static _ => new int[Bars]);
        for (var bar = 0; bar < Bars; bar++)
        {
            window.Push(bars[bar]);
            for (var i = 0; i < values.Length; i++)
            {
                values[i][bar] = CandlePatterns.All[i].At(window, CandlePatterns.All[i].Penetration);
            }
        }

        return values;
    }

    private static int[] Theirs(nint library, CandlePattern pattern, List<BarInput> bars)
    {
        double[] open = [.. bars.Select(static bar => bar.Open)],
            high = [.. bars.Select(static bar => bar.High)],
            low = [.. bars.Select(static bar => bar.Low)],
            close = [.. bars.Select(static bar => bar.Close)];
        var values = new int[Bars];
        var function = NativeLibrary.GetExport(library, $"TA_CDL{pattern.Name}");
        int first;
        var code = double.IsNaN(pattern.Penetration)
            ? Marshal.GetDelegateForFunctionPointer<Plain>(function)(0, Bars - 1, open, high, low, close, out first, out _, values)
            : Marshal.GetDelegateForFunctionPointer<Penetrating>(function)(
                0,
                Bars - 1,
                open,
                high,
                low,
                close,
                pattern.Penetration,
                out first,
                out _,
                values
            );
        Assert.Equal((0, pattern.Lookback), (code, first));
        return [.. Enumerable.Repeat(0, first), .. values[..^first]];
    }

    /// <summary>Whole units, so that many prices, bodies and ranges are equal.</summary>
    private static List<BarInput> Walk(string kind, Random random)
    {
        var (units, begin) = kind switch
        {
            "sixteenths" => (16.0, 6_400L),
            "cheap" => (1e8, 200L),
            "dear" => (2.0, 18_000_000_000L),
            "thirds" => (97.0, 10_000L),
            _ => (100.0, 10_000L),
        };
        int[] spans = [25, 4, 60, 2, 12];
        var bars = new List<BarInput>(Bars);
        for (var last = begin; bars.Count < Bars; )
        {
            var span = kind == "tiny" ? 4 : spans[bars.Count / 50 % spans.Length];
            last = last < begin / 2 || last > begin * 2 ? begin : last;
            var open = last + (random.Next(4) == 0 ? random.Next(-span, span + 1) : random.Next(-1, 2));
            var body = random.Next(4) == 0 ? 0 : random.Next(random.Next(3) == 0 ? 2 : span + 1);
            last = random.Next(2) == 0 ? open + body : open - body;
            var (upper, lower) = (
                random.Next(3) == 0 ? 0 : random.Next(random.Next(1, span + 1) + 1),
                random.Next(3) == 0 ? 0 : random.Next(random.Next(1, span + 1) + 1)
            );
            bars.Add(
                new BarInput(
                    open / units,
                    (Math.Max(open, last) + upper) / units,
                    (Math.Min(open, last) - lower) / units,
                    last / units,
                    0,
                    0
                )
            );
        }

        return bars;
    }

    /// <summary>The drawn shapes with some noise, every second one upside down.</summary>
    private static List<BarInput> Shapes(Random random)
    {
        var bars = new List<BarInput>(Bars + 20);
        while (bars.Count < Bars)
        {
            var noise = random.Next(3) == 0 ? 0 : random.Next(1, 30);
            var isMirrored = random.Next(2) == 0;
            foreach (var bar in CandleShape.Before.Skip(random.Next(6)).Concat(CandleShape.All[random.Next(CandleShape.All.Length)].Shape))
            {
                bars.Add(
                    Disturb(
                        isMirrored ? new BarInput(210 - bar.Open, 210 - bar.Low, 210 - bar.High, 210 - bar.Close, 0, 0) : bar,
                        noise,
                        random
                    )
                );
            }
        }

        return bars[..Bars];
    }

    private static BarInput Disturb(in BarInput bar, int noise, Random random)
    {
        var (open, close) = (Math.Round(bar.Open, 2) + Some(), Math.Round(bar.Close, 2) + Some());
        var upper = Math.Max(0, bar.High - Math.Max(bar.Open, bar.Close) + Some());
        var lower = Math.Max(0, Math.Min(bar.Open, bar.Close) - bar.Low + Some());
        return new BarInput(
            Math.Round(open, 2),
            Math.Round(Math.Max(open, close) + upper, 2),
            Math.Round(Math.Min(open, close) - lower, 2),
            Math.Round(close, 2),
            0,
            0
        );

        double Some() => Math.Round((random.NextDouble() - 0.5) * noise) / 100;
    }
}
