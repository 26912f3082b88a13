using AITrader.Formats;
using AITrader.MarketData.Commands;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;
using AITrader.Signals.Patterns;
using AITrader.TestSupport;

namespace AITrader.MarketData.Tests;

public sealed class CommandTests
{
    private const int Refused = 2;

    [Fact]
    public void Validates_a_good_file()
    {
        var path = SharedData.Require("binance-l2/cm_ethusd_perp_20240808.gz");
        Assert.Equal(
            (0, "17544 ticks, ETHUSD_PERP, 2024-08-08T23:54:16.188217Z, 2024-08-08T23:59:59.864174Z\n", string.Empty),
            Run("validate", path)
        );
    }

    [Fact]
    public void Says_in_one_line_what_is_wrong_with_a_bad_file()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("aitrader-").FullName, "bad.csv");
        File.WriteAllText(path, "symbol,time,price,size,bid,ask\nX,1767584700,1,1,,\nX,soon,1,1,,\n");
        Assert.Equal((Refused, string.Empty, $"{path}:3: time: 'soon' is neither ISO 8601 nor an epoch time\n"), Run("validate", path));
    }

    [Theory]
    [InlineData("validate", "")]
    [InlineData("check", "binance-capture: ")]
    public void Says_what_it_skipped_because_of_its_symbol(string command, string source)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("aitrader-").FullName, "capture");
        File.WriteAllText(
            path,
            """
            1000 {"stream":"x@trade","data":{"e":"trade","s":"测试USDT","p":"7","q":"1"}}
            2000 {"stream":"btcusdt@trade","data":{"e":"trade","s":"BTCUSDT","p":"7","q":"1"}}
            """
        );
        Assert.Equal(
            (
                0,
                $"{source}1 ticks, BTCUSDT, 1970-01-01T00:00:00.000002Z, 1970-01-01T00:00:00.000002Z, skipped 1 row of 测试USDT\n",
                string.Empty
            ),
            Run(command, path)
        );
    }

    [Fact]
    public void Says_which_data_sets_there_are() =>
        Assert.Equal(
            (
                Refused,
                string.Empty,
                "nope: does not exist, and is none of the data sets binance-usdm-btcusdt, binance-spot-btcusdt, binance-coinm-ethusd, demo\n"
            ),
            Run("validate", "nope")
        );

    [Fact]
    public void Knows_the_demo() => Assert.StartsWith("3", Run("validate", "demo").Output);

    [Theory]
    [InlineData("validate")]
    [InlineData("validate", "a", "b")]
    public void Says_how_it_is_used(params string[] args) => Assert.Equal((Refused, string.Empty, "usage: validate PATH\n"), Run(args));

    [Fact]
    public void Leaves_other_arguments_to_the_service()
    {
        Assert.Null(Command.TryRun([], TextWriter.Null, TextWriter.Null));
        Assert.Null(Command.TryRun(["--Replay:Path=x"], TextWriter.Null, TextWriter.Null));
    }

    [Fact]
    public void The_demo_that_ships_is_what_the_generator_writes()
    {
        var generated = new StringWriter();
        DemoMarket.Write(generated);
        var shipped = Path.Combine(SharedData.RepositoryRoot, "services/AITrader.MarketData/Demo/demo.csv");
        Assert.Equal(generated.ToString(), File.ReadAllText(shipped));
    }

    [Fact]
    public void The_demo_brings_signals_of_averages_the_vwap_and_the_channel()
    {
        using var reader = TickFile.Open(Path.Combine(AppContext.BaseDirectory, "Demo", "demo.csv"));
        var bank = new PatternBank(PatternSettings.Default, reader.Symbols);
        var found = new Detection[PatternCatalogue.BuiltIn.Count];
        var counts = new int[PatternCatalogue.BuiltIn.Count];
        while (reader.TryRead(out var tick))
        {
            foreach (var detection in found.Take(bank.Apply(tick, found)))
            {
                counts[detection.Pattern]++;
            }
        }

        Assert.All((string[])["ema_cross", "vwap_deviation", "breakout"], pattern =>
            Assert.True(counts[PatternCatalogue.BuiltIn.Find(pattern)] > 0)
        );
        Assert.InRange(counts.Sum(), 20, 400);
    }

    private static (int? Code, string Output, string Errors) Run(params string[] args)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        return (Command.TryRun(args, output, errors), output.ToString(), errors.ToString());
    }
}
