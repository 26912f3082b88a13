using AITrader.Domain.Bars;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Tests.ParquetFiles;

/// <summary>Files of other writers hold what they were written with, whatever the types, encodings and codecs.</summary>
/// <remarks>Wrong units of timestamps are the commonest report of readers: arrow-rs 1459 and 455, duckdb-rs 218, arrow 38171, freqtrade
/// 13107; whole numbers as prices and volumes are another one: freqtrade 2948, nautilus_trader 502.</remarks>
public sealed class ForeignParquetTests
{
    private static readonly decimal[] Open = [42283.58m, 42298.62m, 42319.99m, 42331.54m, 42350.4m];
    private static readonly decimal[] High = [42298.62m, 42320m, 42331.54m, 42353.1m, 42355m];
    private static readonly decimal[] Low = [42261.02m, 42298.61m, 42319.98m, 42331.53m, 42340.25m];
    private static readonly decimal[] Close = [42298.61m, 42320m, 42331.54m, 42350.4m, 42341.1m];
    private static readonly decimal[] Volume = [35.92724m, 21.16779m, 21.60391m, 30.5073m, 46.05107m];

    [Theory]
    [InlineData("cpp-ms-snappy")]
    [InlineData("cpp-us-zstd-v2pages")]
    [InlineData("cpp-ns-naive-gzip")]
    [InlineData("cpp-int64-ms-brotli")]
    [InlineData("cpp-float")]
    [InlineData("cpp-decimal")]
    [InlineData("cpp-int96")]
    [InlineData("duckdb-decimal")]
    [InlineData("duckdb-ns-v2")]
    [InlineData("duckdb-text")]
    public void Bars_are_those_that_were_written(string name)
    {
        var path = ParquetSamples.Foreign(name + ".parquet");
        Assert.True(FileCheck.HoldsBars(path));

        var bars = Bars(path);

        Assert.Equal(Open, bars.Select(static bar => (decimal)bar.Trade.Open));
        Assert.Equal(High, bars.Select(static bar => (decimal)bar.Trade.High));
        Assert.Equal(Low, bars.Select(static bar => (decimal)bar.Trade.Low));
        Assert.Equal(Close, bars.Select(static bar => (decimal)bar.Trade.Close));
        Assert.Equal(Volume, bars.Select(static bar => bar.Volume.ToDecimal()));
        Assert.Equal(
            Enumerable.Range(0, 5).Select(static i => EventTime.ToMicros(ParquetSamples.Start.AddMinutes(i))),
            bars.Select(static bar => bar.StartMicros)
        );
        Assert.All(bars, static bar => Assert.Equal(60 * EventTime.MicrosPerSecond, bar.EndMicros - bar.StartMicros));
        Assert.Equal(["BTCUSDT"], FileCheck.Run(path).Symbols);
    }

    [Fact]
    public void Dates_make_daily_bars_and_whole_numbers_prices()
    {
        var bars = Bars(ParquetSamples.Foreign("duckdb-days.parquet"));

        Assert.Equal([100m, 101m, 102m, 103m, 104m], bars.Select(static bar => (decimal)bar.Trade.Open));
        Assert.Equal(5_000_000_000m, bars[^1].Volume.ToDecimal());
        Assert.All(bars, static bar => Assert.Equal(EventTime.MicrosPerDay, bar.EndMicros - bar.StartMicros));
        Assert.Equal(EventTime.ToMicros(ParquetSamples.Start), bars[0].StartMicros);
    }

    [Fact]
    public void Nested_columns_and_those_of_no_meaning_are_passed_over() =>
        Assert.Equal(Open, Bars(ParquetSamples.Foreign("duckdb-nested.parquet")).Select(static bar => (decimal)bar.Trade.Open));

    [Fact]
    public void A_row_without_a_price_is_a_quote_and_nulls_are_not_known()
    {
        var ticks = Reading.All(TickFile.Open(ParquetSamples.Foreign("cpp-ticks-nulls.parquet")));

        Assert.Equal(
            [TickKind.Trade, TickKind.Quote, TickKind.Trade, TickKind.Quote, TickKind.Trade],
            ticks.Select(static tick => tick.Kind)
        );
        Assert.Equal([42283.58m, 42298.65m, 42319.99m, 42331.55m, 42350.4m], ticks.Select(static tick => (decimal)tick.Price));
        Assert.Equal([0.5m, 0m, 0m, 0m, 0.25m], ticks.Select(static tick => (decimal)tick.Size));
        Assert.Equal([42283.57m, 42298.6m, 0m, 42331.5m, 0m], ticks.Select(static tick => (decimal)tick.Bid));
    }

    [Theory]
    [InlineData("duckdb-empty", "holds no bars")]
    [InlineData("duckdb-timeofday", "time: holds times of day without a date")]
    [InlineData("duckdb-binary", "open: 'abcd' is no number of a market")]
    public void What_is_no_market_data_is_told(string name, string problem) =>
        Assert.Contains(
            problem,
            Assert.Throws<MarketDataException>(() => FileCheck.Run(ParquetSamples.Foreign(name + ".parquet"))).Message,
            StringComparison.Ordinal
        );

    private static List<Bar> Bars(string path) => Reading.All(BarFile.Open(path));
}
