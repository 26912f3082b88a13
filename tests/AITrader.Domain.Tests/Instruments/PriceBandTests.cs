using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;

namespace AITrader.Domain.Tests.Instruments;

public sealed class PriceBandTests
{
    [Theory]
    [InlineData("5", 100.00, 0.05, 95.00, 105.00)]
    [InlineData("20%", 92.15, 0.05, 73.75, 110.55)] // 73.72 and 110.58 are not on a tick
    [InlineData("2", 10.05, 0.05, 9.85, 10.25)]
    [InlineData("10", 0.15, 0.05, 0.15, 0.15)] // less than a tick either way
    public void Limits_lie_within_the_band_and_on_a_tick(string band, decimal close, decimal tick, decimal lowest, decimal highest)
    {
        Assert.True(PriceBand.TryParse(band, out var parsed));
        var limits = parsed.Limits(Of(close), Of(tick))!.Value;

        Assert.Equal((lowest, highest), (limits.Lowest.ToDecimal(), limits.Highest.ToDecimal()));
        Assert.True(limits.Allow(Of(lowest)) && limits.Allow(Of(highest)));
        Assert.False(limits.Allow(Of(lowest - tick)) || limits.Allow(Of(highest + tick)));
    }

    [Fact]
    public void A_table_knows_no_limit_where_none_is_listed()
    {
        var table = PriceBandTable.TryCreate([new("NSE:CCCL", "5"), new("NSE:INFY", "none")], out var problem)!;

        Assert.Null(problem);
        Assert.Equal((5, 0, 0), (table.Of("NSE:CCCL").Percent, table.Of("NSE:INFY").Percent, table.Of("NSE:TCS").Percent));
        Assert.Null(table.Of("NSE:TCS").Limits(Of(1), Of(1)));
    }

    [Theory]
    [InlineData("7", "the price band '7' of X is none of 2, 5, 10, 20, none")]
    [InlineData(null, "the price band '' of X is none of 2, 5, 10, 20, none")]
    public void A_table_refuses_bands_that_the_exchange_does_not_have(string? band, string expected)
    {
        Assert.Null(PriceBandTable.TryCreate([new("X", band)], out var problem));
        Assert.Equal(expected, problem);
    }

    private static Price Of(decimal value) =>
        Price.TryCreate(value, out var price) ? price : throw new ArgumentOutOfRangeException(nameof(value));
}
