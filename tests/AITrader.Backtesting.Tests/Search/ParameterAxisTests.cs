using AITrader.Backtesting.Search;

namespace AITrader.Backtesting.Tests.Search;

public sealed class ParameterAxisTests
{
    [Theory]
    [InlineData("fast=7", "fast", "7")]
    [InlineData("fast=5,10, 20", "fast", "5|10|20")]
    [InlineData("fast=5..8", "fast", "5|6|7|8")]
    [InlineData("fast=5..21:5", "fast", "5|10|15|20")]
    [InlineData("entry=0.5..1.5:0.25", "entry", "0.5|0.75|1|1.25|1.5")]
    [InlineData("shift=-2..0", "shift", "-2|-1|0")]
    [InlineData("name=a=b", "name", "a=b")]
    public void Values_and_ranges_are_read(string text, string name, string values)
    {
        Assert.Null(ParameterAxis.TryParse(text, out var axis));
        Assert.Equal(name, axis.Name);
        Assert.Equal(values, string.Join('|', axis.Values));
    }

    [Theory]
    [InlineData("fast", "'fast' is not NAME=VALUE")]
    [InlineData("=5", "'=5' is not NAME=VALUE")]
    [InlineData("fast=", "'fast=' is not NAME=VALUE")]
    [InlineData("fast=,", "fast: there is no value")]
    [InlineData("fast=a..b", "fast: 'a..b' is no range of numbers")]
    [InlineData("fast=9..5", "fast: '9..5' must go up")]
    [InlineData("fast=1..5:0", "fast: '1..5:0' must go up")]
    [InlineData("fast=0..1e9", "fast: '0..1e9' is no range of numbers")]
    [InlineData("fast=0..1000000000", "fast: '0..1000000000' must go up")]
    public void What_cannot_be_read_is_refused_with_the_reason(string text, string expected) =>
        Assert.StartsWith(expected, ParameterAxis.TryParse(text, out _), StringComparison.Ordinal);

    [Fact]
    public void A_point_and_its_number_go_to_and_fro()
    {
        var space = new ParameterSpace([new("a", ["1", "2", "3"]), new("b", ["x", "y"])]);

        Assert.Equal(6, space.Count);
        for (var number = 0L; number < space.Count; number++)
        {
            Assert.Equal(number, space.NumberOf(space.PointAt(number)));
        }

        Assert.Equal([("a", "2"), ("b", "y")], space.OptionsAt(space.PointAt(3)));
    }

    [Fact]
    public void An_option_may_be_there_once() =>
        Assert.StartsWith(
            "A is given twice",
            Assert.Throws<ArgumentException>(() => new ParameterSpace([new("A", ["1"]), new("a", ["2"])])).Message,
            StringComparison.Ordinal
        );
}
