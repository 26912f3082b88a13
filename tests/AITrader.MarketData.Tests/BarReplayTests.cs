using AITrader.Backtesting.Data;
using AITrader.Domain.Time;
using AITrader.MarketData.Replay;
using AITrader.TestSupport;

namespace AITrader.MarketData.Tests;

/// <summary>Bars are replayed as the ticks that a backtest of them walks.</summary>
public sealed class BarReplayTests
{
    private const string Lean = "lean-bars/crypto/coinbase/minute/btcusd/20161007_trade.zip";
    private const string LeanQuotes = "lean-bars/forex/oanda/minute/eurusd/20140501_quote.zip";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Parquet =>
        Path.Combine(SharedData.RepositoryRoot, "tests", "AITrader.Formats.Tests", "ParquetFiles", "Foreign", "duckdb-decimal.parquet");

    [Theory]
    [InlineData(Lean, 0)]
    [InlineData(Lean, 3)]
    [InlineData(LeanQuotes, 0)]
    [InlineData("csv", 0)]
    [InlineData("csv", 2.5)]
    [InlineData("parquet", 1)]
    public async Task A_replay_of_bars_has_the_ticks_of_their_backtest(string name, double spread)
    {
        var path = name switch
        {
            "csv" => await CsvAsync(),
            "parquet" => Parquet,
            _ => SharedData.Require(name),
        };
        var tape = MarketTapeReader.Read([path], new MarketTapeSettings { SpreadBps = (decimal)spread }, null, Ct);
        Assert.True(tape.BarLength > TimeSpan.Zero);

        var content = await FileContent.LoadAsync(new DataSets(string.Empty), ReplaySource.Of([path]), (decimal)spread, Ct);
        Assert.Equal(
            (tape.Count, tape.Ticks[0].TimeMicros, tape.Ticks[^1].TimeMicros),
            (content.Ticks, content.FirstMicros, content.LastMicros)
        );

        await using var cursor = content.Open();
        for (var i = 0; i < tape.Count; i++)
        {
            Assert.True(await cursor.ReadAsync(Ct));
            var (expected, actual) = (tape.Ticks[i], cursor.Message("run", i + 1));
            Assert.Equal(
                (
                    expected.TimeMicros,
                    tape.Symbols[expected.Symbol],
                    expected.Kind,
                    (decimal)expected.Price,
                    (decimal)expected.Size,
                    expected.Bid.Nanos == 0 ? null : (decimal?)expected.Bid,
                    expected.Ask.Nanos == 0 ? null : (decimal?)expected.Ask,
                    expected.Flags
                ),
                (
                    EventTime.ToMicros(actual.Timestamp),
                    actual.Symbol,
                    actual.Kind,
                    actual.Price,
                    actual.Volume,
                    actual.Bid,
                    actual.Ask,
                    actual.Flags
                )
            );
        }

        Assert.False(await cursor.ReadAsync(Ct));
    }

    [Fact]
    public async Task A_run_of_bars_is_named_after_their_spread_too()
    {
        var path = await CsvAsync();
        var names = new List<string>();
        foreach (var spread in (decimal[])[0, 0, 2, 3])
        {
            names.Add((await FileContent.LoadAsync(new DataSets(string.Empty), ReplaySource.Of([path]), spread, Ct)).Recorded.RunName(1));
        }

        Assert.Equal(names[0], names[1]);
        Assert.Equal(3, names.Distinct().Count());
    }

    [Fact]
    public async Task Bars_and_ticks_are_merged_by_time()
    {
        var bars = await CsvAsync();
        var ticks = Path.Combine(Path.GetDirectoryName(bars)!, "ticks.csv");
        await File.WriteAllTextAsync(ticks, "symbol,time,price,size,bid,ask\nZ,1704103230,5,1,,\nZ,1704103290,6,1,,\n", Ct);
        await using var files = new MergedFiles([ticks, bars]);
        var times = new List<(long, string)>();
        while (await files.ReadAsync(Ct))
        {
            times.Add((files.TimeMicros, files.Message("run", files.Position).Symbol));
        }

        Assert.Equal(times.Select(static time => time.Item1).Order(), times.Select(static time => time.Item1));
        Assert.Equal(2, times.Count(static time => time.Item2 == "Z"));
        Assert.Equal(3 * 2 * 4 + 2, times.Count);
    }

    private static async Task<string> CsvAsync()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("aitrader-").FullName, "bars.csv");
        var rows = new List<string>();
        for (var minute = 0; minute < 3; minute++)
        {
            rows.AddRange([
                $"X,{1704103200 + (60 * minute)},10{minute}.35,10{minute}.9,10{minute}.1,10{minute}.5,7",
                $"Y,{1704103200 + (60 * minute)},20{minute},20{minute},20{minute},20{minute},0.00000003",
            ]);
        }

        await File.WriteAllLinesAsync(path, rows, Ct);
        await File.WriteAllTextAsync(
            path + ".map.json",
            """{"rows":"bars","header":false,"period":"1m","time":{"format":"s"},"columns":{"symbol":1,"time":2,"open":3,"high":4,"low":5,"close":6,"volume":7}}""",
            Ct
        );
        return path;
    }
}
