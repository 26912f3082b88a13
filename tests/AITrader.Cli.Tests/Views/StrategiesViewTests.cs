using System.Text.Json;
using AITrader.Cli.Views;

namespace AITrader.Cli.Tests.Views;

public sealed class StrategiesViewTests
{
    [Fact]
    public void A_strategy_is_shown_with_its_account_and_what_is_wrong()
    {
        var list = JsonDocument.Parse(
            """
            {"items":[
              {"name":"mine","source":"mine.json","state":"running","reason":"the newest version is not loaded: mine.json:3: oh","run":"demo-1","event_time":"2024-08-08T23:54:20Z",
               "capital":100000,"budget":50000,"equity":100250.5,"realised":260.5,"fees":10,"orders":4,"working":1,"positions":[{"symbol":"NSE:INFY","quantity":6,"average_price":1500.05}]},
              {"name":"absent","source":"absent.dll","state":"not_loaded","reason":"there is no file absent.dll","run":null,"event_time":null,
               "capital":100000,"budget":100000,"equity":null,"realised":null,"fees":null,"orders":0,"working":0,"positions":[]}
            ]}
            """
        );

        Assert.Equal(
            [
                "mine (mine.json): running, in demo-1 at 2024-08-08T23:54:20Z",
                "    the newest version is not loaded: mine.json:3: oh",
                "    equity 100250.50 of 100000.00, realised 260.50, fees 10.00; 4 orders, 1 working",
                "    NSE:INFY 6 at 1500.05",
                "absent (absent.dll): not loaded",
                "    there is no file absent.dll",
            ],
            StrategiesView.Lines(list.RootElement)
        );
    }

    [Fact]
    public void Without_any_it_says_where_they_are_named() =>
        Assert.Contains(
            "Strategies:Hosted",
            Assert.Single(StrategiesView.Lines(JsonDocument.Parse("""{"items":[]}""").RootElement)),
            StringComparison.Ordinal
        );
}
