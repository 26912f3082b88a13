using AITrader.Learning.Datasets;

namespace AITrader.Learning.Tests.Datasets;

public sealed class PriceSamplerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_a_step_each_trade_is_a_price()
    {
        var sampler = new PriceSampler("A", null);
        sampler.Add(Start, 1);
        sampler.Add(Start, 2);
        Assert.Equal([1, 2], sampler.ToSeries().Values);
    }

    [Fact]
    public void A_step_has_its_last_price_at_the_time_of_that_trade_and_one_without_trades_has_none()
    {
        var sampler = new PriceSampler("A", TimeSpan.FromMinutes(1));
        sampler.Add(Start, 1);
        sampler.Add(Start.AddSeconds(59.9), 2);
        sampler.Add(Start.AddSeconds(60), 3);
        sampler.Add(Start.AddMinutes(5).AddSeconds(1), 4);
        var series = sampler.ToSeries();
        Assert.Equal([2, 3, 4], series.Values);
        Assert.Equal([Start.AddSeconds(59.9), Start.AddSeconds(60), Start.AddMinutes(5).AddSeconds(1)], series.Times);
        Assert.Equal(3, sampler.Count);
    }
}
