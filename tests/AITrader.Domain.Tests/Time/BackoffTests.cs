using AITrader.Domain.Time;

namespace AITrader.Domain.Tests.Time;

public sealed class BackoffTests
{
    private readonly Backoff _backoff = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData(0, 50)]
    [InlineData(1, 100)]
    [InlineData(4, 800)]
    [InlineData(5, 1000)]
    [InlineData(6, 1000)]
    [InlineData(100_000, 1000)]
    public void Doubles_up_to_the_limit(int earlier, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), _backoff.After(earlier));

    [Fact]
    public void Refuses_a_negative_count() => Assert.Throws<ArgumentOutOfRangeException>(() => _backoff.After(-1));
}
