using AITrader.Domain.Bars;
using AITrader.Domain.Instruments;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Formats.Reading;
using AITrader.TestSupport;

namespace AITrader.Formats.Tests.Lean;

public sealed class LeanReaderTests
{
    [Fact]
    public void Reads_quotes_of_forex()
    {
        using var reader = TickFile.Open(SharedData.Require("lean-bars/forex/oanda/tick/eurusd/20140501_quote.zip"));
        Assert.True(reader.TryRead(out var tick));

        Assert.Equal((TickKind.Quote, "EURUSD", "lean-oanda"), (tick.Kind, reader.Symbols[tick.Symbol], reader.Source));
        Assert.Equal(new DateTimeOffset(2014, 5, 1, 0, 0, 0, 292, TimeSpan.Zero), EventTime.FromMicros(tick.TimeMicros));
        Assert.Equal(
            (1.38676m, 1.38686m, 1.38681m, 0m),
            (tick.Bid.ToDecimal(), tick.Ask.ToDecimal(), tick.Price.ToDecimal(), tick.Size.ToDecimal())
        );
    }

    [Fact]
    public void Reads_trades_and_quotes_of_equities_at_a_ten_thousandth()
    {
        var trades = Ticks(
            "equity/usa/tick/spy/20240105_trade.zip",
            "34200000,4700100,100,Q,,0\n34200000.5,4700200,5,P,,1\n34201000,4700300,7,P,,0\n",
            out var symbols
        );
        Assert.Equal(["SPY"], symbols.Names);
        Assert.Equal([470.01m, 470.03m], trades.Select(static tick => tick.Price.ToDecimal())); // the second is marked suspicious
        Assert.Equal(new DateTimeOffset(2024, 1, 5, 14, 30, 0, TimeSpan.Zero), EventTime.FromMicros(trades[0].TimeMicros));
        Assert.Equal(7m, trades[1].Size.ToDecimal());

        var quotes = Ticks(
            "equity/india/tick/infy/20240105_quote.zip",
            "33300000,15000000,10,15000500,20,NSE,,0\n33300001,15000000,10,0,0,NSE,,0\n",
            out symbols
        );
        Assert.Equal(["NSE:INFY"], symbols.Names);
        Assert.Equal(
            (1500m, 1500.05m, 10m, 20m),
            (quotes[0].Bid.ToDecimal(), quotes[0].Ask.ToDecimal(), quotes[0].BidSize.ToDecimal(), quotes[0].AskSize.ToDecimal())
        );
        Assert.Equal((0m, 1500m), (quotes[1].Ask.ToDecimal(), quotes[1].Price.ToDecimal())); // one side alone
        Assert.Equal(new DateTimeOffset(2024, 1, 5, 3, 45, 0, TimeSpan.Zero), EventTime.FromMicros(quotes[0].TimeMicros));
    }

    [Fact]
    public void Times_finer_than_a_microsecond_are_cut_off()
    {
        var ticks = Ticks(
            "cfd/oanda/tick/xauusd/20140501_quote.zip",
            "62.2662,1291.736,1292.142\n62.26629,1291.7,1292.1\n86399999.9999,1291.736,1292.142\n",
            out var symbols
        );
        Assert.Equal(["XAUUSD"], symbols.Names);
        Assert.Equal(
            ["00:00:00.062266", "00:00:00.062266", "23:59:59.999999"],
            ticks.Select(static tick => EventTime.FromMicros(tick.TimeMicros).ToString("HH:mm:ss.ffffff"))
        );
        Assert.Equal(1291.939m, ticks[0].Price.ToDecimal());
        Assert.Equal("34200.000500", Seconds("equity/usa/tick/spy/20240105_trade.zip", "34200000.50004,4700100,100,Q,,0\n"));
        Assert.EndsWith(
            "time: '62.26x2' is not a number of milliseconds of a day",
            Assert.Throws<MarketDataException>(() => Ticks("cfd/oanda/tick/xauusd/20140501_quote.zip", "62.26x2,1,1\n", out _)).Message
        );
    }

    [Fact]
    public void Reads_trades_and_quotes_of_crypto_unscaled()
    {
        Assert.Equal(
            (232.4m, 93.1m),
            Ticks("crypto/coinbase/tick/btcusd/20240105_trade.zip", "86400,232.40,93.1\n", out _) is [var trade]
                ? (trade.Price.ToDecimal(), trade.Size.ToDecimal())
                : default
        );
        Assert.Equal(
            (232.42m, 8059.5m),
            Ticks("crypto/coinbase/tick/btcusd/20240105_quote.zip", "86400,232.40,20392.0,232.42,8059.5\n", out _) is [var quote]
                ? (quote.Ask.ToDecimal(), quote.AskSize.ToDecimal())
                : default
        );
    }

    [Fact]
    public void Times_are_wall_clock_also_where_clocks_change()
    {
        // 2024-11-03: 01:30 summer time, 01:30 again in winter time, 03:00.
        var autumn = Ticks(
            "equity/usa/tick/x/20241103_trade.zip",
            "5400000,10000,1,,,0\n5399000,10000,1,,,0\n10800000,10000,1,,,0\n",
            out _
        );
        Assert.Equal(
            ["05:30:00", "06:29:59", "08:00:00"],
            autumn.Select(static tick => EventTime.FromMicros(tick.TimeMicros).ToString("HH:mm:ss"))
        );

        // 2024-03-10: 01:59:59, then 03:00.
        var spring = Ticks("equity/usa/tick/x/20240310_trade.zip", "7199000,10000,1,,,0\n10800000,10000,1,,,0\n", out _);
        Assert.Equal(["06:59:59", "07:00:00"], spring.Select(static tick => EventTime.FromMicros(tick.TimeMicros).ToString("HH:mm:ss")));
    }

    [Fact]
    public void A_daily_bar_has_23_or_25_hours_where_clocks_change()
    {
        var bars = Bars(
            "equity/usa/daily/spy.zip",
            "20240310 00:00,10000,10000,10000,10000,1\n20240311 00:00,10000,10000,10000,10000,1\n20241103 00:00,10000,10000,10000,10000,1\n"
        );
        Assert.Equal([23, 24, 25], bars.Select(static bar => (bar.EndMicros - bar.StartMicros) / EventTime.MicrosPerSecond / 3600));
    }

    [Fact]
    public void Hour_bars_and_one_sided_quote_bars_are_read()
    {
        var bar = Assert.Single(Bars("forex/oanda/hour/eurusd.zip", "20190125 23:00,55.01,55.95,54.80,55.50,18968,,,,,\n"));
        Assert.Equal(
            (BarKind.Quote, 55.95m, 18_968m, false),
            (bar.Kind, bar.Bid.High.ToDecimal(), bar.BidSize.ToDecimal(), bar.Ask.IsKnown)
        );
        Assert.Equal(3_600 * EventTime.MicrosPerSecond, bar.EndMicros - bar.StartMicros);
        Assert.Equal(55.5, bar.Prices.Close.ToDouble());
    }

    [Theory]
    [InlineData(
        "forex/oanda/tick/eurusd/20140501_quote.zip",
        "292,1.1\n",
        "{0}:1: row: has 2 fields where LEAN's forex quotes of this resolution have 3"
    )]
    [InlineData("forex/oanda/tick/eurusd/20140501_quote.zip", "292,1.1,x\n", "{0}:1: ask: 'x' is not a number")]
    [InlineData("forex/oanda/tick/eurusd/20140501_quote.zip", "292,0,0\n", "{0}:1: bid: is missing, and so is the ask")]
    [InlineData(
        "forex/oanda/tick/eurusd/20140501_quote.zip",
        "86400000,1,1\n",
        "{0}:1: time: '86400000' is not a number of milliseconds of a day"
    )]
    [InlineData(
        "forex/oanda/tick/eurusd/20140501_quote.zip",
        "5,1,1\n4,1,1\n",
        "{0}:2: time: goes back from 2014-05-01T00:00:00.005000Z to 2014-05-01T00:00:00.004000Z"
    )]
    [InlineData("forex/oanda/tick/eurusd/20140501_quote.zip", "", "{0}:1: file: holds no ticks")]
    [InlineData("equity/usa/tick/x/20140501_trade.zip", "5,10000.123456,1\n", "{0}:1: price: '10000.123456' has more than 5 decimals")]
    [InlineData("crypto/coinbase/tick/x/20140501_trade.zip", "5,1,1.000000001x\n", "{0}:1: size: '1.000000001x' is not a number")]
    [InlineData("forex/oanda/minute/eurusd/20140501_quote.zip", "5,1,1\n", "{0}: holds minute bars of EURUSD, not ticks")]
    [InlineData(
        "forex/elsewhere/tick/eurusd/20140501_quote.zip",
        "5,1,1\n",
        "{0}: LEAN data of 'forex' 'elsewhere' 'quote' cannot be read; known are trade and quote of equity (usa, india), forex and cfd (oanda, fxcm), crypto and cryptofuture"
    )]
    [InlineData(
        "forex/oanda/tick/eurusd/20140502_quote.zip",
        "5,1,1\n",
        "{0}: holds '20140501_x.csv', which is not of the day in its name"
    )]
    [InlineData(
        "somewhere/20140501_quote.zip",
        "5,1,1\n",
        "{0}:1: format: neither a Binance capture (local_ns {{json}}) nor a CSV with the header symbol,time,price,size,bid,ask[,bid_size,ask_size][,flags,received], and no .map.json lies beside it"
    )]
    public void Says_what_is_wrong_with_ticks(string path, string content, string expected) =>
        Assert.Equal(string.Format(expected, path), Assert.Throws<MarketDataException>(() => Ticks(path, content, out _)).Message);

    [Theory]
    [InlineData(
        "crypto/coinbase/minute/x/20140501_trade.zip",
        "0,1,2,1,1.5\n",
        "{0}:1: row: has 5 fields where LEAN's crypto trades of this resolution have 6"
    )]
    [InlineData("crypto/coinbase/minute/x/20140501_trade.zip", "0,1,0.5,1,1,5\n", "{0}:1: high: 0.5 is below open 1 or close 1")]
    [InlineData("crypto/coinbase/minute/x/20140501_trade.zip", "0,1,2,1.5,2,5\n", "{0}:1: low: 1.5 is above open 1 or close 2")]
    [InlineData("crypto/coinbase/minute/x/20140501_trade.zip", "0,1,1,1,1,5\n0,1,1,1,1,5\n", "{0}:2: time: is that of the bar before")]
    [InlineData(
        "crypto/coinbase/minute/x/20140501_quote.zip",
        "0,,,,,0,,,,,0\n",
        "{0}:1: bid_open: is missing, and so are the prices of the ask"
    )]
    [InlineData("crypto/coinbase/minute/x/20140501_quote.zip", "0,1,,1,1,0,,,,,0\n", "{0}:1: bid_high: is missing")]
    [InlineData(
        "crypto/coinbase/daily/x_trade.zip",
        "20140231 00:00,1,1,1,1,5\n",
        "{0}:1: time: '20140231 00:00' is not a time such as 20190125 23:00"
    )]
    [InlineData("crypto/coinbase/tick/x/20140501_trade.zip", "0,1,1\n", "{0}: holds ticks, not bars")]
    [InlineData(
        "somewhere/x.zip",
        "0,1,1\n",
        "{0}:1: format: is no file of bars that is known: neither a LEAN zip nor Parquet nor a CSV with a .map.json beside it"
    )]
    public void Says_what_is_wrong_with_bars(string path, string content, string expected) =>
        Assert.Equal(string.Format(expected, path), Assert.Throws<MarketDataException>(() => Bars(path, content)).Message);

    [Fact]
    public void A_file_out_of_its_folders_says_where_it_belongs()
    {
        var zip = Reading.Zip(("20140501_eurusd_tick_quote.csv", "292,1.1,1.2\n"));
        var message = Assert.Throws<MarketDataException>(() => TickFile.Open(new MemoryStream(zip), "x.zip")).Message;
        Assert.EndsWith("; a LEAN file must lie in LEAN's folders, such as forex/oanda/tick/eurusd/20140501_quote.zip", message);
    }

    private static List<PackedTick> Ticks(string path, string content, out SymbolTable symbols)
    {
        symbols = new SymbolTable();
        var day = path.Contains("2014") ? "20140501" : Path.GetFileName(path)[..8];
        return Reading.All(TickFile.Open(new MemoryStream(Reading.Zip(($"{day}_x.csv", content))), path, symbols));
    }

    private static string Seconds(string path, string content) =>
        (EventTime.FromMicros(Assert.Single(Ticks(path, content, out _)).TimeMicros).AddHours(-5).TimeOfDay.Ticks / 1e7m).ToString(
            "0.000000",
            System.Globalization.CultureInfo.InvariantCulture
        );

    private static List<Bar> Bars(string path, string content) =>
        Reading.All(BarFile.Open(new MemoryStream(Reading.Zip(("20140501_x.csv", content))), path));
}
