using System.Text;
using AITrader.Domain.Instruments;
using AITrader.Domain.Ticks;
using AITrader.Formats.Csv;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Tests;

/// <summary>Bars as ticks: their paths, merged by time.</summary>
public sealed class BarTickReaderTests
{
    private const string Mapping =
        """{"rows":"bars","header":false,"period":"1m","time":{"format":"s"},"columns":{"symbol":1,"time":2,"open":3,"high":4,"low":5,"close":6,"volume":7}}""";

    [Fact]
    public void The_nearer_extreme_comes_first_and_the_close_before_the_next_open()
    {
        var ticks = Read("X,1704103200,10,12,9.5,11,8\nX,1704103260,11,11.5,9,9.5,8\n", spreadBps: 0);

        Assert.Equal([10m, 9.5m, 12m, 11m, 11m, 11.5m, 9m, 9.5m], ticks.Select(static tick => (decimal)tick.Price));
        Assert.Equal(
            [0, 20_000_000, 40_000_000, 59_999_999, 60_000_000, 80_000_000, 100_000_000, 119_999_999],
            ticks.Select(static tick => tick.TimeMicros - 1_704_103_200_000_000)
        );
        Assert.All(ticks, static tick => Assert.Equal((2m, TickFlags.Locked), ((decimal)tick.Size, tick.Flags)));
    }

    /// <summary>Bars of two symbols over the same minute: the ticks of the second begin before those of the first end.</summary>
    [Fact]
    public void Ticks_of_several_symbols_are_in_the_order_of_time()
    {
        var symbols = new SymbolTable();
        var ticks = Read(
            "X,1704103200,10,12,9,11,8\nY,1704103200,5,5,5,5,4\nY,1704103260,5,5,5,5,4\nX,1704103320,10,12,9,11,8\n",
            0,
            symbols
        );

        Assert.Equal(16, ticks.Count);
        Assert.Equal(ticks.Select(static tick => tick.TimeMicros).Order(), ticks.Select(static tick => tick.TimeMicros));
        Assert.Equal("XYXYXYXYYYYYXXXX", string.Concat(ticks.Select(tick => symbols[tick.Symbol])));
    }

    [Fact]
    public void Bars_that_are_sorted_by_symbol_are_refused() =>
        Assert.EndsWith(
            ":3: time: goes back from 2024-01-01T10:01:00.000000Z to 2024-01-01T10:00:00.000000Z: bars of several symbols are to be sorted by time",
            Assert
                .Throws<MarketDataException>(() =>
                    Read("X,1704103200,10,12,9,11,8\nX,1704103260,10,12,9,11,8\nY,1704103200,5,5,5,5,4\n", 0)
                )
                .Message,
            StringComparison.Ordinal
        );

    /// <summary>Books carry eight decimals: a spread makes no ninth.</summary>
    [Fact]
    public void A_spread_lies_around_the_price_at_eight_decimals()
    {
        var tick = Read("X,1704103200,0.12345678,0.12345678,0.12345678,0.12345678,1\n", 3)[0];

        Assert.Equal((0.12343826m, 0.1234753m), ((decimal)tick.Bid, (decimal)tick.Ask));
        Assert.Equal((decimal)tick.Price, ((decimal)tick.Bid + (decimal)tick.Ask) / 2);
    }

    private static List<PackedTick> Read(string rows, decimal spreadBps, SymbolTable? symbols = null) =>
        Reading.All(
            new BarTickReader(
                BarFile.Open(
                    new MemoryStream(Encoding.UTF8.GetBytes(rows)),
                    "file",
                    symbols,
                    CsvMapping.Parse(Encoding.UTF8.GetBytes(Mapping), "map")
                ),
                spreadBps
            )
        );
}
