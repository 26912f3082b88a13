using AITrader.Contracts.Codecs;
using AITrader.Domain.Instruments;

namespace AITrader.Contracts.Tests;

public sealed class LayoutTests
{
    [Fact]
    public void By_default_the_names_are_those_of_the_architecture()
    {
        var layout = new StreamLayout();
        Assert.Equal("audit:raw_ticks", layout.Key(StreamNames.RawTicks, 0));
        Assert.Equal(1, layout.PartitionsOf(StreamNames.RawTicks));
        Assert.Equal("market:BTCUSDT:price", layout.Key(CacheKeys.Price("BTCUSDT")));
    }

    [Fact]
    public void Only_ticks_and_signals_are_partitioned_and_always_alike()
    {
        var layout = new StreamLayout(8, "ai");
        Assert.Equal("{ai}:signals:global:3", layout.Key(StreamNames.Signals, 3));
        Assert.Equal("{ai}:orders:gateway", layout.Key(StreamNames.Orders, 3));
        Assert.Equal(0, layout.PartitionOf(StreamNames.Orders, "BTCUSDT"));

        // Pinned: a change would move symbols between partitions of a running system.
        Assert.Equal(
            [4, 7, 0],
            new[] { "BTCUSDT", "NSE:INFY", "ETHUSD_PERP" }.Select(symbol => layout.PartitionOf(StreamNames.RawTicks, symbol))
        );
    }

    [Theory]
    [InlineData("2024-08-08T23:54:15.030314Z", 638587580550303140)]
    [InlineData("2024-08-08T23:54:15Z", 638587580550000000)]
    [InlineData("2024-08-08T23:54:15.1Z", 638587580551000000)]
    [InlineData("0001-01-01T00:00:00.0000001Z", 1)]
    public void Instants_read_with_any_number_of_decimals(string text, long ticks)
    {
        Assert.True(WireTime.TryParse(text, out var instant));
        Assert.Equal(ticks, instant.UtcTicks);
        Assert.Equal(text.Length == WireTime.Length ? text : WireTime.Format(instant), WireTime.Format(instant));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Z")]
    [InlineData("2024-08-08T23:54:15")]
    [InlineData("2024-08-08T23:54:15.Z")]
    [InlineData("2024-08-08T23:54:15.12345678Z")]
    [InlineData("0000-08-08T23:54:15Z")]
    [InlineData("2024-8-08T23:54:150Z")]
    public void Anything_else_is_no_instant(string text) => Assert.False(WireTime.TryParse(text, out _));

    [Fact]
    public void The_wire_cuts_to_microseconds() =>
        Assert.Equal(
            "2024-08-08T23:54:15.030314Z",
            WireTime.Format(new DateTimeOffset(638587580550303149, TimeSpan.Zero).ToOffset(TimeSpan.FromHours(5.5)))
        );

    [Fact]
    public void Instruments_are_found_or_fall_back_to_their_exchange()
    {
        var catalogue = InstrumentCatalogue.Default;
        Assert.Equal(0.05m, catalogue.Get("NSE:INFY").TickSize);
        Assert.False(catalogue.Get("NSE:NIFTY 50").IsTradable);
        Assert.Null(catalogue.Find("NSE:WIPRO"));
        Assert.Equal(("INR", 1m), (catalogue.Get("NSE:WIPRO").Currency, catalogue.Get("NSE:WIPRO").LotSize));
        Assert.Equal("USD", catalogue.Get("DOGE").Currency);
        var changed = catalogue.With([new Instrument("NSE:INFY", "NSE", "INR", 0.1m, 5m, 1m)]);
        Assert.Equal(5m, changed.Get("NSE:INFY").LotSize);
        Assert.Equal(catalogue.All.Count, changed.All.Count);
    }
}
