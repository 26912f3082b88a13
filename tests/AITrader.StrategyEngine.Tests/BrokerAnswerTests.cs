using System.Text.Json;
using AITrader.StrategyEngine.Broker;
using ModelContextProtocol.Protocol;

namespace AITrader.StrategyEngine.Tests;

public sealed class BrokerAnswerTests
{
    [Theory]
    [InlineData("""{"equity":{"net":1234.5,"available":{"live_balance":9,"cash":8}},"commodity":{"net":1}}""", "1234.5")]
    [InlineData("""{"equity":{"net":"1234.50","more":[1,{}]}}""", "1234.50")]
    [InlineData("""{"equity":{"available":{"live_balance":99.25,"cash":1}}}""", "99.25")]
    [InlineData("""{"net":7,"enabled":true}""", "7")]
    [InlineData("""{"equity":{"available":{"cash":"-3"}}}""", "-3")]
    [InlineData("""{"equity":{"net":"much"}}""", null)]
    [InlineData("""{"equity":null}""", null)]
    [InlineData("""[]""", null)]
    public void The_margin_is_found_in_whatever_shape_it_comes(string margins, string? expected) =>
        Assert.Equal(
            expected is null ? null : decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            BrokerAnswers.AvailableMargin(JsonDocument.Parse(margins).RootElement)
        );

    [Theory]
    [InlineData(true, "Please log in first using the login tool", "get_margins: Please log in first using the login tool")]
    [InlineData(false, "Failed to execute get_margins", "get_margins answered with no JSON: Failed to execute get_margins")]
    [InlineData(false, "", "get_margins answered with no JSON: ")]
    [InlineData(false, "<html>\u001b[31m502</html>", "get_margins answered with no JSON: <html> [31m502</html>")]
    public void An_error_is_one_whether_the_answer_says_so_or_not(bool says, string text, string problem)
    {
        var result = new CallToolResult { IsError = says, Content = [new TextContentBlock { Text = text }] };
        Assert.Equal(problem, Assert.Throws<BrokerToolException>(() => BrokerAnswers.Json("get_margins", result)).Message);
    }

    [Fact]
    public void Text_in_parts_and_structured_answers_are_read()
    {
        var parts = new CallToolResult { Content = [new TextContentBlock { Text = "{\"a\"" }, new TextContentBlock { Text = ":1}" }] };
        Assert.Equal(1, BrokerAnswers.Json("x", parts).GetProperty("a").GetInt32());
        var structured = new CallToolResult { StructuredContent = JsonDocument.Parse("""{"a":2}""").RootElement };
        Assert.Equal(2, BrokerAnswers.Json("x", structured).GetProperty("a").GetInt32());
    }

    [Fact]
    public void Of_positions_the_net_counts_which_comes_after_the_day_and_nothing_is_summed()
    {
        const string Rows = """
            [{"exchange":"NSE","tradingsymbol":"INFY","product":"MIS","quantity":2,"average_price":"10.5"},
             {"exchange":"NSE","tradingsymbol":"INFY","product":"MIS","quantity":"5","average_price":11},
             {"exchange":"NSE","tradingsymbol":"TCS","product":"CNC","quantity":1},
             {"quantity":9},{"tradingsymbol":"X","quantity":null},null,7]
            """;
        BrokerHolding[] expected = [new("NSE", "INFY", "MIS", 5m, 11m), new("NSE", "TCS", "CNC", 1m, 0m)];
        Assert.Equal(expected, BrokerAnswers.Holdings(JsonDocument.Parse(Rows).RootElement));
        Assert.Equal(
            expected,
            BrokerAnswers.Holdings(JsonDocument.Parse("{\"pagination\":{\"total\":9},\"data\":" + Rows + "}").RootElement)
        );
        Assert.Empty(BrokerAnswers.Holdings(JsonDocument.Parse("null").RootElement));
    }

    [Theory]
    [InlineData(
        "Warning.\n\n[Login to Kite](https://kite.zerodha.com/connect/login?v=3&api_key=x) …",
        "https://kite.zerodha.com/connect/login?v=3&api_key=x"
    )]
    [InlineData("[Login](javascript:alert(1))", null)]
    [InlineData("You are already logged in as AB1234", null)]
    public void A_link_is_taken_where_there_is_one(string text, string? link) => Assert.Equal(link, BrokerAnswers.LoginLink(text));
}
