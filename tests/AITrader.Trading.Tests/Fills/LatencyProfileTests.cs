using AITrader.Trading.Fills;

namespace AITrader.Trading.Tests.Fills;

public sealed class LatencyProfileTests
{
    [Theory]
    [InlineData("share,ms\n0,1\n0.5,2\n0.99,50\n1,100\n")]
    [InlineData("0.5,2\r\n0,1\r\n\r\n1,100\r\n0.99,50")]
    [InlineData(" {\"0\": 1, \"0.5\": 2, \"0.99\": 50, \"1\": 100}")]
    public void Reads_quantiles_and_draws_lines_between_them(string text)
    {
        var profile = MeasuredLatency.TryParse(text, out var problem);
        Assert.Null(problem);
        Assert.Equal(
            [1d, 1.5, 2d, 50d, 75d, 100d],
            new[] { 0d, 0.25, 0.5, 0.99, 0.995, 1d }.Select(share => profile!.At(share).TotalMilliseconds)
        );
    }

    [Fact]
    public void Outside_of_its_quantiles_the_nearest_one_counts()
    {
        var profile = MeasuredLatency.TryParse("0.1,3\n0.9,7", out _)!;
        Assert.Equal((3d, 7d), (profile.At(0d).TotalMilliseconds, profile.At(0.999).TotalMilliseconds));
        Assert.Equal(profile, MeasuredLatency.TryParse("0.9,7\n0.1,3", out _));
        Assert.Equal("0.1:3ms 0.9:7ms", profile.ToString());
    }

    [Theory]
    [InlineData("", "there is no quantile")]
    [InlineData("0.5,2\n0.6", "line 2 is not share,milliseconds: 0.6")]
    [InlineData("0.5,2\n1.5,3", "1.5,3: the share is in [0, 1], the latency is not negative")]
    [InlineData("0.5,-2", "0.5,-2: the share is in [0, 1], the latency is not negative")]
    [InlineData("0.5,NaN", "0.5,NaN: the share is in [0, 1], the latency is not negative")]
    [InlineData("0.5,2\n0.6,1", "0.6,1: latencies rise with their shares, and no share comes twice")]
    [InlineData("0.5,2\n0.5,2", "0.5,2: latencies rise with their shares, and no share comes twice")]
    [InlineData("{\"0.5\": \"x\"}", "\"0.5\" is no share with a number of milliseconds")]
    [InlineData("{\"p50\": 1}", "\"p50\" is no share with a number of milliseconds")]
    public void Says_what_is_wrong(string text, string expected)
    {
        Assert.Null(MeasuredLatency.TryParse(text, out var problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void Broken_json_is_told_as_such()
    {
        Assert.Null(MeasuredLatency.TryParse("{\"0.5\": 1", out var problem));
        Assert.StartsWith("no JSON: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_normal_one_has_its_quantiles_where_the_normal_distribution_has_them()
    {
        var profile = new LatencyProfile.LogNormal(TimeSpan.FromMilliseconds(10), 0.5);
        // exp(0.5 z) for z of 1, 50, 84.134, 99 and 99.9 per cent.
        Assert.Equal(
            [3.125, 10d, 16.487, 32.002, 46.886],
            new[] { 0.01, 0.5, 0.8413447460685429, 0.99, 0.999 }.Select(share => profile.At(share).TotalMilliseconds),
            static (expected, actual) => Math.Abs(expected - actual) < 0.0015
        );
    }
}
