using AITrader.Formats.Lean;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Tests.Lean;

public sealed class SymbolMapTests
{
    [Theory]
    [InlineData("binance/usdm", "BTCUSDT", "BTCUSDT")]
    [InlineData("binance/spot", "BTCUSDT", "BTCUSDT-SPOT")]
    [InlineData("binance/coinm", "ETHUSD_PERP", "ETHUSD_PERP")]
    [InlineData("lean/equity/india", "yesbank", "NSE:YESBANK")]
    [InlineData("lean/forex/oanda", "eurusd", "EURUSD")]
    [InlineData("kite", "NSE:INFY", "NSE:INFY")]
    [InlineData("yahoo/nse", "INFY.NS", "NSE:INFY")]
    public void Rules_map_both_ways(string source, string name, string symbol)
    {
        Assert.Equal(symbol, SymbolMap.Default.ToSymbol(source, name));
        Assert.Equal(name, SymbolMap.Default.ToName(source, symbol));
    }

    [Theory]
    [InlineData("binance/spot", "BTCUSDT")]
    [InlineData("lean/equity/india", "BTCUSDT")]
    [InlineData("nowhere", "BTCUSDT")]
    public void A_source_that_cannot_have_a_symbol_has_no_name_for_it(string source, string symbol) =>
        Assert.Null(SymbolMap.Default.ToName(source, symbol));

    [Fact]
    public void Listed_names_come_before_rules()
    {
        var map = SymbolMap.Parse(
            """
            { // what the desk calls them
              "rules": [{"source": "bse", "prefix": "BSE:"}],
              "names": [{"source": "coinbase", "name": "BTC-USD", "symbol": "BTCUSD"}, {"source": "kite", "name": "NSE:NIFTY 50", "symbol": "NIFTY"}]
            }
            """u8,
            "names.json"
        );

        Assert.Equal(("BTCUSD", "BTC-USD"), (map.ToSymbol("coinbase", "BTC-USD"), map.ToName("coinbase", "BTCUSD")));
        Assert.Equal(("NIFTY", "NSE:INFY"), (map.ToSymbol("kite", "NSE:NIFTY 50"), map.ToSymbol("kite", "NSE:INFY")));
        Assert.Equal("BSE:TCS", map.ToSymbol("bse", "TCS"));
        Assert.Null(map.ToSymbol("coinbase", "ETH-USD"));
    }

    [Theory]
    [InlineData(
        """{"names":[{"source":"a","name":"b","symbol":"c"},{"source":"a","name":"b","symbol":"d"}]}""",
        "names.json:1: names: The source a has b or d twice"
    )]
    [InlineData(
        """{"names":[{"source":"a","name":"b"}]}""",
        "names.json:1: json: malformed, or with a member that is not known: expected rules (source, prefix, suffix, nameSuffix, lowerCase) and names (source, name, symbol)"
    )]
    [InlineData(
        "{\n\"name\":[]}",
        "names.json:2: json: malformed, or with a member that is not known: expected rules (source, prefix, suffix, nameSuffix, lowerCase) and names (source, name, symbol)"
    )]
    public void Says_what_is_wrong_with_a_file(string json, string expected) =>
        Assert.Equal(
            expected,
            Assert.Throws<MarketDataException>(() => SymbolMap.Parse(System.Text.Encoding.UTF8.GetBytes(json), "names.json")).Message
        );
}
