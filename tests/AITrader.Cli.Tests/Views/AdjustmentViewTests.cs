using System.Text.Json;
using AITrader.Cli.Commands.Adjustments;
using AITrader.Cli.Views;

namespace AITrader.Cli.Tests.Views;

public sealed class AdjustmentViewTests
{
    [Theory]
    [InlineData("2:1", 2, 1)]
    [InlineData("1:10", 1, 10)]
    public void A_ratio_is_two_whole_numbers(string ratio, int units, int old) =>
        Assert.Equal((units, old), new SplitSettings { Ratio = ratio }.Units);

    [Theory]
    [InlineData("2")]
    [InlineData("2/1")]
    [InlineData("0:1")]
    [InlineData("-2:1")]
    [InlineData("1.5:1")]
    [InlineData("2:1:1")]
    public void Anything_else_is_refused(string ratio)
    {
        var settings = new SplitSettings { Ratio = ratio };
        Assert.False(settings.Validate().Successful);
        Assert.Contains("such as 2:1", settings.Validate().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_came_of_it_is_one_line()
    {
        using var booked = JsonDocument.Parse(
            """{"kind":"split","symbol":"NSE:INFY","new_units":2,"old_units":1,"state":"BOOKED","reason":"","qty_before":5,"qty_after":10,"amount":0}"""
        );
        using var refused = JsonDocument.Parse(
            """{"kind":"dividend","symbol":"NSE:INFY","per_unit":18.5,"state":"REFUSED","reason":"NO_RATE: set it","qty_before":0,"qty_after":0,"amount":0}"""
        );
        Assert.Equal("split 2:1 of NSE:INFY is booked: held 5 to 10, cash 0", AdjustmentView.Line(booked.RootElement));
        Assert.Equal("dividend 18.5 of NSE:INFY is REFUSED: NO_RATE: set it", AdjustmentView.Line(refused.RootElement));
    }
}
