using AITrader.Strategies.Examples;
using AITrader.Strategies.Options;

namespace AITrader.Strategies.Tests;

public sealed class StrategyOptionsTests
{
    [Theory]
    [InlineData("fast", "7")]
    [InlineData("FAST", "1000")]
    [InlineData("Weight", "0.5")]
    public void An_option_is_set_by_its_name(string name, string value)
    {
        var strategy = new EmaCross();
        Assert.Null(StrategyOptions.TrySet(strategy, name, value));
        Assert.Contains(StrategyOptions.Of(strategy), option =>
            option.Default == value && string.Equals(option.Name, name, StringComparison.OrdinalIgnoreCase)
        );
    }

    [Theory]
    [InlineData("Fast", "0", "Fast: 0 is not in 1 to 1000")]
    [InlineData("Fast", "many", "Fast: 'many' is no Int32")]
    [InlineData("Fast", "99999999999", "Fast: '99999999999' is no Int32")]
    [InlineData("Quick", "3", "EmaCross has no option 'Quick'; it has Fast, Slow, BarSeconds, Weight")]
    public void What_cannot_be_set_is_refused_with_the_reason(string name, string value, string expected) =>
        Assert.Equal(expected, StrategyOptions.TrySet(new EmaCross(), name, value));

    [Fact]
    public void Every_example_describes_each_of_its_options() =>
        Assert.All(ExampleStrategies.All.Values, static make => Assert.All(StrategyOptions.Of(make()), static option =>
            {
                Assert.NotEmpty(option.Description);
                Assert.NotEmpty(option.Range);
            }));
}
