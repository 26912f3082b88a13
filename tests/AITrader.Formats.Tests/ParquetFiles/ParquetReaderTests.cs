using System.Buffers.Binary;
using AITrader.Domain.Time;
using AITrader.Formats.ParquetFiles;
using AITrader.Formats.Reading;
using Parquet.Schema;

namespace AITrader.Formats.Tests.ParquetFiles;

/// <summary>What readers of Parquet were reported to get wrong, and what must be said of files that cannot be used.</summary>
public sealed class ParquetReaderTests
{
    private static readonly DateTime Start = ParquetSamples.Start;

    /// <summary>fastparquet writes only the old annotation of a timestamp (parquet-dotnet 542).</summary>
    [Fact]
    public async Task The_old_annotation_of_milliseconds_is_enough() =>
        Assert.Equal(
            [EventTime.ToMicros(Start), EventTime.ToMicros(Start.AddMinutes(1))],
            await StartsAsync(ParquetSamples.Of(new DateTimeDataField("date", DateTimeFormat.DateAndTime), ParquetSamples.Minutes(2)))
        );

    /// <summary>pandas writes an index without a name under a name of its own (fastparquet 162, dask 3104).</summary>
    [Fact]
    public async Task An_index_without_a_name_is_the_time() =>
        Assert.Equal(
            EventTime.ToMicros(Start),
            (await StartsAsync(ParquetSamples.Times("__index_level_0__", DateTimeTimeUnit.Nanos, ParquetSamples.Minutes(2))))[0]
        );

    [Fact]
    public async Task Seconds_with_a_fraction_are_times() =>
        Assert.Equal(
            [1_704_067_200_250_000, 1_704_067_260_250_000],
            await StartsAsync(ParquetSamples.Numbers("Timestamp", 1_704_067_200.25, 1_704_067_260.25))
        );

    /// <summary>One row of 1970 spoils every range and gap (Download_Crypto_Currencies_Data 165).</summary>
    [Fact]
    public async Task A_time_of_zero_is_refused() =>
        Assert.EndsWith(
            ":2: time: '0' is neither a timestamp, ISO 8601, nor an epoch time in s, ms, us or ns from 1973 on",
            await RefusalAsync(ParquetSamples.Numbers("ts", 1_704_067_200L, 0L)),
            StringComparison.Ordinal
        );

    /// <summary>Milliseconds that are annotated as microseconds are a day of January 1970 (pgcolumnar 865).</summary>
    [Fact]
    public async Task A_unit_that_makes_no_sense_is_told() =>
        Assert.EndsWith(
            ":1: time: '1970-01-20T17:21:07.2' is no time of a market: perhaps numbers of one unit were written as another one",
            await RefusalAsync(
                ParquetSamples.Times(
                    "time",
                    DateTimeTimeUnit.Micros,
                    [
                        .. ParquetSamples
                            .Minutes(2)
                            .Select(static time => DateTime.UnixEpoch.AddTicks((time - DateTime.UnixEpoch).Ticks / 1_000)),
                    ]
                )
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_time_that_is_missing_is_refused() =>
        Assert.EndsWith(
            ":2: time: is missing",
            await RefusalAsync(ParquetSamples.Nullable<long>("time", 1_704_067_200_000, null)),
            StringComparison.Ordinal
        );

    /// <summary>Rows in another order give other bars (nautilus_trader 1698, 2731).</summary>
    [Fact]
    public async Task Rows_that_are_not_sorted_are_refused() =>
        Assert.EndsWith(
            ":3: time: goes back from 2024-01-01T00:02:00.000000Z to 2024-01-01T00:01:00.000000Z",
            await RefusalAsync(ParquetSamples.Times("time", DateTimeTimeUnit.Millis, Start, Start.AddMinutes(2), Start.AddMinutes(1))),
            StringComparison.Ordinal
        );

    /// <summary>A second download of the same range (nautilus_trader 4647).</summary>
    [Fact]
    public async Task A_bar_that_is_there_twice_is_refused() =>
        Assert.EndsWith(
            ":3: time: is that of the bar before",
            await RefusalAsync(ParquetSamples.Times("time", DateTimeTimeUnit.Millis, Start, Start.AddMinutes(1), Start.AddMinutes(1))),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_date_beside_a_time_is_not_guessed_at() =>
        Assert.Contains(
            "'date' and 'time' may both be the time",
            await RefusalAsync(ParquetSamples.Numbers("date", 20240101L, 20240101L), ParquetSamples.Numbers("time", 915L, 916L)),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task One_bar_does_not_say_how_long_it_is() =>
        Assert.Contains(
            "give the period in a .map.json",
            await RefusalAsync(ParquetSamples.Times("time", DateTimeTimeUnit.Millis, Start)),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(double.NaN, "is missing (null or NaN); leave such rows out, as by dropna()")]
    [InlineData(double.PositiveInfinity, "no number of a market")]
    [InlineData(1e30, "no number of a market")]
    [InlineData(1e15, "is too large")]
    [InlineData(0d, "'0' must be above zero")]
    [InlineData(-5d, "'-5' must be above zero")]
    public async Task A_price_that_is_none_is_refused(double price, string problem)
    {
        var file = await ParquetSamples.WriteAsync(
            ParquetSamples.Times("time", DateTimeTimeUnit.Micros, Start, Start.AddSeconds(1)),
            ParquetSamples.Text("symbol", "X", "X"),
            ParquetSamples.Numbers("price", 10d, price),
            ParquetSamples.Numbers("qty", 1d, double.NaN)
        );

        Assert.EndsWith(problem, Reading.Refusal(file), StringComparison.Ordinal);
        Assert.Contains(":2: price:", Reading.Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_size_of_NaN_is_not_known_and_sums_of_floats_are_rounded()
    {
        var file = await ParquetSamples.WriteAsync(
            ParquetSamples.Times("time", DateTimeTimeUnit.Micros, Start, Start.AddSeconds(1)),
            ParquetSamples.Text("symbol", "X", "X"),
            ParquetSamples.Numbers("price", 0.1 + 0.2, 1.2e-5),
            ParquetSamples.Numbers("qty", double.NaN, 1e9)
        );

        var ticks = Reading.All(TickFile.Open(new MemoryStream(file), "file"));

        Assert.Equal([0.3m, 0.000012m], ticks.Select(static tick => (decimal)tick.Price));
        Assert.Equal([0m, 1_000_000_000m], ticks.Select(static tick => (decimal)tick.Size));
    }

    /// <summary>Decimals from the 4097th row on were broken once (parquet-dotnet 53); row groups follow each other.</summary>
    [Fact]
    public async Task Decimals_of_many_rows_in_several_groups_are_exact()
    {
        const int Rows = 9_000;
        var file = await ParquetSamples.WriteAsync(
            5_000,
            ParquetSamples.Times(
                "time",
                DateTimeTimeUnit.Micros,
                [.. Enumerable.Range(0, Rows).Select(static i => Start.AddMilliseconds(i))]
            ),
            ParquetSamples.Text("symbol", ParquetSamples.Symbols(Rows)),
            ParquetSamples.Of(new DecimalDataField("price", 38, 9), [.. Enumerable.Range(1, Rows).Select(static i => i / 1_000_000_000m)])
        );

        var ticks = Reading.All(TickFile.Open(new MemoryStream(file), "file"));

        Assert.Equal(Enumerable.Range(1, Rows).Select(static i => (long)i), ticks.Select(static tick => tick.Price.Nanos));
    }

    /// <summary>A writer that died leaves no footer (openobserve 6099).</summary>
    [Fact]
    public async Task A_file_that_was_not_finished_is_refused()
    {
        var file = await BarsAsync();

        Assert.EndsWith(
            "is cut off: it does not end with PAR1, so whoever wrote it did not finish",
            Reading.Refusal(file[..^20]),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "is cut off: it does not end with PAR1, so whoever wrote it did not finish",
            Reading.Refusal(file[..5]),
            StringComparison.Ordinal
        );
    }

    /// <summary>parquet-java 2058, and trino 25973 for footers that fill the memory.</summary>
    [Theory]
    [InlineData(int.MaxValue, "is damaged: a footer of 2147483647 bytes is not within the file")]
    [InlineData(-1, "is damaged: a footer of -1 bytes is not within the file")]
    [InlineData(0, "is damaged: a footer of 0 bytes is not within the file")]
    public async Task A_footer_that_is_not_there_is_told(int length, string problem)
    {
        var file = await BarsAsync();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(file.Length - 8), length);

        Assert.EndsWith(problem, Reading.Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_group_that_memory_cannot_hold_is_refused()
    {
        using var table = ParquetTable.Open(new MemoryStream(await BarsAsync()), "file", mostRows: 1);

        Assert.EndsWith(
            "row group 1 has 2 rows, more than the 1 that are held in memory at a time: write the file with smaller ones, as by to_parquet(..., row_group_size=1000000)",
            Assert.Throws<MarketDataException>(() => table.RowsOf(0)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_packed_file_is_to_be_unpacked()
    {
        var file = await BarsAsync();

        Assert.EndsWith(
            "is packed: Parquet is compressed inside, so unpack the file",
            Reading.Refusal(Reading.Gzip(file)),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "is packed: Parquet is compressed inside, so unpack the file",
            Reading.Refusal(Reading.Zip(("a.parquet", file))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Damaged_bytes_give_rows_or_one_clear_line()
    {
        var contents = new[]
        {
            await BarsAsync(),
            await File.ReadAllBytesAsync(ParquetSamples.Foreign("cpp-ticks-nulls.parquet"), TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(ParquetSamples.Foreign("duckdb-ns-v2.parquet"), TestContext.Current.CancellationToken),
        };
        var refused = 0;
        for (var seed = 0; seed < 600; seed++)
        {
            var random = new Random(seed);
            var bytes = contents[seed % contents.Length].ToArray();
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                bytes[random.Next(4, bytes.Length - 8)] = (byte)random.Next(256);
            }

            try
            {
                Read(bytes);
            }
            catch (MarketDataException problem)
            {
                refused++;
                Assert.DoesNotContain('\n', problem.Message);
            }
        }

        Assert.InRange(refused, 100, 600);
    }

    private static void Read(byte[] bytes)
    {
        if (bytes.AsSpan().IndexOf("price"u8) >= 0)
        {
            Reading.All(TickFile.Open(new MemoryStream(bytes), "file"));
        }
        else
        {
            Reading.All(BarFile.Open(new MemoryStream(bytes), "file"));
        }
    }

    private static Task<byte[]> BarsAsync() =>
        ParquetSamples.WriteAsync([
            ParquetSamples.Times("time", DateTimeTimeUnit.Millis, ParquetSamples.Minutes(2)),
            ParquetSamples.Text("symbol", "X", "X"),
            .. ParquetSamples.Prices(2),
        ]);

    private static async Task<List<long>> StartsAsync(SampleColumn time) =>
        [.. (await ReadAsync(time)).Select(static bar => bar.StartMicros)];

    private static async Task<string> RefusalAsync(params SampleColumn[] times) =>
        (await Assert.ThrowsAsync<MarketDataException>(() => ReadAsync(times))).Message;

    private static async Task<List<Domain.Bars.Bar>> ReadAsync(params SampleColumn[] times)
    {
        var rows = times[0].Rows;
        var file = await ParquetSamples.WriteAsync([
            .. times,
            ParquetSamples.Text("symbol", ParquetSamples.Symbols(rows)),
            .. ParquetSamples.Prices(rows),
        ]);
        return Reading.All(BarFile.Open(new MemoryStream(file), "file"));
    }
}
