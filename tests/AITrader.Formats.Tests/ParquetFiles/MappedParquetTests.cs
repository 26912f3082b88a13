using AITrader.Domain.Time;
using AITrader.Formats.Reading;
using Parquet.Schema;

namespace AITrader.Formats.Tests.ParquetFiles;

/// <summary>A mapping beside a Parquet file says what the file does not: symbol, length of bars, zone, unit.</summary>
public sealed class MappedParquetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Symbol_zone_period_and_stamp_are_those_of_the_mapping()
    {
        var time = ParquetSamples.Of(
            new DateTimeDataField("When", DateTimeFormat.Timestamp, isAdjustedToUTC: false, unit: DateTimeTimeUnit.Micros),
            new DateTime(2024, 1, 1, 9, 20, 0, DateTimeKind.Utc),
            new DateTime(2024, 1, 1, 9, 30, 0, DateTimeKind.Utc)
        );
        var path = await WriteAsync(
            """{"rows":"bars","symbol":"NSE:INFY","period":"5m","stamp":"end","time":{"zone":"Asia/Kolkata"},"columns":{"time":"when","open":2,"high":"high","low":"low","close":"close"}}""",
            [time, .. ParquetSamples.Prices(2)]
        );

        var bars = Reading.All(BarFile.Open(path));

        Assert.Equal("NSE:INFY", FileCheck.Run(path).Symbols.Single());
        Assert.Equal(EventTime.ToMicros(new DateTimeOffset(2024, 1, 1, 3, 45, 0, TimeSpan.Zero)), bars[0].StartMicros);
        Assert.Equal(5 * 60 * EventTime.MicrosPerSecond, bars[0].EndMicros - bars[0].StartMicros);
    }

    [Theory]
    [InlineData(
        """{"rows":"bars","symbol":"X","period":"1m","time":{"format":"ms"},"columns":{"time":"t","open":"open","high":"high","low":"low","close":"last"}}""",
        "column 'last' (close) is not there; the file has t open high low close"
    )]
    [InlineData(
        """{"rows":"bars","symbol":"X","period":"1m","time":{"format":"ms"},"columns":{"time":"t","open":"open","high":"high","low":"low","close":10}}""",
        "is mapped to column 10, but the file has 5"
    )]
    [InlineData(
        """{"rows":"bars","symbol":"X","period":"1m","time":{"format":"us"},"columns":{"time":"t","open":"open","high":"high","low":"low","close":"close"}}""",
        "is no time of a market in us, but 2024-01-01 in ms; time.format of the mapping says us"
    )]
    [InlineData(
        """{"rows":"bars","symbol":"X","period":"1m","time":{"format":"ms"},"columns":{"date":"t","time":"t","open":"open","high":"high","low":"low","close":"close"}}""",
        "columns.time is one column"
    )]
    public async Task A_mapping_that_does_not_fit_is_told(string mapping, string problem)
    {
        var path = await WriteAsync(
            mapping,
            [ParquetSamples.Numbers("t", 1_704_067_200_000L, 1_704_067_260_000L), .. ParquetSamples.Prices(2)]
        );

        Assert.Contains(problem, Assert.Throws<MarketDataException>(() => FileCheck.Run(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_symbol_it_says_where_to_write_one()
    {
        var path = await WriteAsync(
            null,
            [ParquetSamples.Times("time", DateTimeTimeUnit.Millis, ParquetSamples.Minutes(2)), .. ParquetSamples.Prices(2)]
        );

        Assert.Contains(
            "no column for symbol: wanted is a column symbol, or the symbol in a .map.json beside the file",
            Assert.Throws<MarketDataException>(() => FileCheck.Run(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_of_the_name_that_is_something_else_is_told()
    {
        var path = Path.Combine(_folder, "x.parquet");
        File.WriteAllText(path, "symbol,time,price,size,bid,ask\n");
        Assert.EndsWith(
            "is no Parquet file: it does not begin with PAR1",
            Assert.Throws<MarketDataException>(() => FileCheck.Run(path)).Message,
            StringComparison.Ordinal
        );
        File.WriteAllText(path, "");
        Assert.EndsWith("is empty", Assert.Throws<MarketDataException>(() => FileCheck.Run(path)).Message, StringComparison.Ordinal);
    }

    private async Task<string> WriteAsync(string? mapping, SampleColumn[] columns)
    {
        var path = Path.Combine(_folder, "prices.parquet");
        await File.WriteAllBytesAsync(path, await ParquetSamples.WriteAsync(columns), TestContext.Current.CancellationToken);
        if (mapping is not null)
        {
            await File.WriteAllTextAsync(path + ".map.json", mapping, TestContext.Current.CancellationToken);
        }

        return path;
    }
}
