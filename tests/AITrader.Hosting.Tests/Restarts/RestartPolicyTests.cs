using AITrader.Hosting.Restarts;

namespace AITrader.Hosting.Tests.Restarts;

public sealed class RestartPolicyTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 15, 0, TimeSpan.Zero);

    private readonly RestartPolicy _policy = new();

    [Fact]
    public void Delays_grow_until_the_fifth_failure_of_a_minute_is_one_too_many()
    {
        var delays = Enumerable.Range(0, 5).Select(second => _policy.Fail(Start.AddSeconds(second))?.TotalSeconds).ToArray();

        Assert.Equal([0.25, 1, 4, 4, null], delays);
        Assert.True(_policy.IsLeftDown);
        Assert.Equal(4, _policy.Restarts);
    }

    [Fact]
    public void Failures_of_more_than_a_minute_ago_are_forgotten()
    {
        for (var minute = 0; minute < 20; minute++)
        {
            Assert.Equal(TimeSpan.FromSeconds(0.25), _policy.Fail(Start.AddMinutes(minute)));
        }

        Assert.False(_policy.IsLeftDown);
        Assert.Equal(20, _policy.Restarts);
    }

    [Fact]
    public void Somebody_who_starts_it_by_hand_begins_the_minute_anew()
    {
        for (var failure = 0; failure < RestartPolicy.MaxFailures; failure++)
        {
            _policy.Fail(Start);
        }

        _policy.Reset();

        Assert.False(_policy.IsLeftDown);
        Assert.NotNull(_policy.Fail(Start));
        Assert.Equal(5, _policy.Restarts);
    }
}
