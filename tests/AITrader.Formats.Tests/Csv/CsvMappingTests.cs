using System.Globalization;
using System.Text;
using AITrader.Domain.Bars;
using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Formats.Csv;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Tests.Csv;

public sealed class CsvMappingTests
{
    private const string Ticks =
        """{"rows":"ticks","columns":{"symbol":"Ticker","time":"When","price":"Last","size":"Qty","bid":"Bid","ask":"Ask"},"time":{}}""";

    [Fact]
    public void Reads_ticks_by_the_names_of_the_header()
    {
        var ticks = Read(
            Ticks,
            "\uFEFFTicker,Note,When,Last,Qty,Bid,Ask\r\nX,\"a, b\",2026-01-05T03:45:00Z,10.5,3,10,11\nX,,2026-01-05T03:45:01Z,,,10.1,10.3\n",
            out var symbols
        );

        Assert.Equal(["X"], symbols.Names);
        Assert.Equal(
            [(TickKind.Trade, 10.5m, 3m), (TickKind.Quote, 10.2m, 0m)],
            ticks.Select(static tick => (tick.Kind, tick.Price.ToDecimal(), tick.Size.ToDecimal()))
        );
        Assert.Equal((10m, 11m), (ticks[0].Bid.ToDecimal(), ticks[0].Ask.ToDecimal()));
    }

    [Fact]
    public void Reads_ticks_by_the_numbers_of_columns_with_a_constant_symbol()
    {
        var tick = Assert.Single(
            Read(
                """{"rows":"ticks","header":false,"delimiter":";","symbol":"NSE:INFY","time":{"format":"yyyyMMdd HH:mm:ss.fff","zone":"Asia/Kolkata"},"columns":{"date":1,"time":2,"price":4}}""",
                "20260105;09:15:00.250;x;1540.05\n",
                out var symbols
            )
        );

        Assert.Equal(["NSE:INFY"], symbols.Names);
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 3, 45, 0, 250, TimeSpan.Zero), EventTime.FromMicros(tick.TimeMicros));
        Assert.Equal(1540.05m, tick.Price.ToDecimal());
    }

    [Theory]
    [InlineData("iso", "UTC", "2026-01-05T09:15:00+05:30", "2026-01-05T03:45:00Z")]
    [InlineData("iso", "Asia/Kolkata", "2026-01-05 09:15:00.5", "2026-01-05T03:45:00.5Z")]
    [InlineData("iso", "Asia/Kolkata", "2026-01-05T09:15:00Z", "2026-01-05T09:15:00Z")]
    [InlineData("s", "UTC", "1767584700.25", "2026-01-05T03:45:00.25Z")]
    [InlineData("s", "UTC", "17675847", "1970-07-24T13:57:27Z")] // no guessing by magnitude
    [InlineData("ms", "UTC", "1767584700250.9999", "2026-01-05T03:45:00.250999Z")]
    [InlineData("us", "UTC", "1767584700250001", "2026-01-05T03:45:00.250001Z")]
    [InlineData("us", "UTC", "1767584700250001.75", "2026-01-05T03:45:00.250001Z")]
    [InlineData("ns", "UTC", "1767584700250001999", "2026-01-05T03:45:00.250001Z")]
    [InlineData("ns", "UTC", "1767584700250001999.5", "2026-01-05T03:45:00.250001Z")]
    [InlineData("s", "UTC", "0", "1970-01-01T00:00:00Z")]
    [InlineData("ms", "UTC", "4102444800", "1970-02-17T11:34:04.8Z")]
    [InlineData("yyyyMMdd", "Asia/Kolkata", "20260105", "2026-01-04T18:30:00Z")]
    [InlineData("dd/MM/yyyy HH:mm", "America/New_York", "04/07/2024 09:30", "2024-07-04T13:30:00Z")]
    [InlineData("yyyy-MM-dd HH:mm:sszzz", "UTC", "2026-01-05 09:15:00+05:30", "2026-01-05T03:45:00Z")]
    public void Understands_the_time_that_the_mapping_says(string format, string zone, string text, string expected)
    {
        var tick = Assert.Single(
            Read(
                $$$"""{"rows":"ticks","header":false,"symbol":"X","time":{"format":"{{{format}}}","zone":"{{{zone}}}"},"columns":{"time":1,"price":2}}""",
                text + ",1\n",
                out _
            )
        );
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), EventTime.FromMicros(tick.TimeMicros));
    }

    [Theory]
    [InlineData("us", "1767584700250", "2026-01-05 in ms")]
    [InlineData("us", "1767584700.25", "2026-01-05 in s")]
    [InlineData("us", "1767584700250001999", "2026-01-05 in ns")]
    [InlineData("ns", "1767584700250001", "2026-01-05 in us")]
    [InlineData("ms", "1767584700", "2026-01-05 in s")]
    [InlineData("ms", "1767584700250001", "2026-01-05 in us")]
    [InlineData("s", "1767584700250", "2026-01-05 in ms")]
    [InlineData("ms", "4102444799.999", "2099-12-31 in s")]
    public void A_number_of_another_unit_is_refused_and_its_unit_named(string format, string text, string expected)
    {
        var mapping = $$$"""{"rows":"ticks","header":false,"symbol":"X","time":{"format":"{{{format}}}"},"columns":{"time":1,"price":2}}""";
        Assert.Equal(
            $"file:1: time: '{text}' is no time of a market in {format}, but {expected}; time.format of the mapping says {format}",
            Assert.Throws<MarketDataException>(() => Read(mapping, text + ",1\n", out _)).Message
        );
    }

    [Fact]
    public void A_local_time_that_comes_twice_does_not_go_back()
    {
        var mapping = """{"rows":"ticks","header":false,"symbol":"X","time":{"zone":"America/New_York"},"columns":{"time":1,"price":2}}""";
        var content = "2024-11-03 01:59:59,1\n2024-11-03 01:00:00,1\n2024-11-03 02:00:00,1\n";
        for (var again = 0; again < 2; again++)
        {
            Assert.Equal(
                ["05:59:59", "06:00:00", "07:00:00"],
                Read(mapping, content, out _).Select(static tick => EventTime.FromMicros(tick.TimeMicros).ToString("HH:mm:ss"))
            );
        }
    }

    [Theory]
    [InlineData("1m", "start", "2026-01-05T03:45:00Z", "2026-01-05T03:46:00Z")]
    [InlineData("5m", "end", "2026-01-05T03:40:00Z", "2026-01-05T03:45:00Z")]
    [InlineData("1d", "start", "2026-01-04T18:30:00Z", "2026-01-05T18:30:00Z")]
    public void Reads_bars(string period, string stamp, string start, string end)
    {
        var mapping = CsvMapping.Parse(
            Encoding.UTF8.GetBytes(
                $$$"""{"rows":"bars","period":"{{{period}}}","stamp":"{{{stamp}}}","delimiter":"\t","time":{"zone":"Asia/Kolkata"},"columns":{"symbol":1,"time":2,"open":3,"high":4,"low":5,"close":6,"volume":7}}"""
            ),
            "map"
        );
        var bars = Reading.All(
            BarFile.Open(
                new MemoryStream(
                    "a\tb\tc\td\te\tf\tg\nX\t2026-01-05T09:15:00\t2\t4\t1\t3\t500\nY\t2026-01-05T09:15:00\t2\t4\t1\t3\t\n"u8.ToArray()
                ),
                "file",
                null,
                mapping
            )
        );

        Assert.Equal(2, bars.Count);
        Assert.Equal((start, end), (Iso(bars[0].StartMicros), Iso(bars[0].EndMicros)));
        Assert.Equal(new Ohlc(Units(2), Units(4), Units(1), Units(3)), bars[0].Trade);
        Assert.Equal((500m, 0m), (bars[0].Volume.ToDecimal(), bars[1].Volume.ToDecimal()));
    }

    [Fact]
    public void A_mapping_beside_the_file_is_found_also_for_a_packed_one()
    {
        var folder = Directory.CreateTempSubdirectory("aitrader-map");
        try
        {
            var data = Path.Combine(folder.FullName, "prices.csv");
            File.WriteAllText(data + CsvMapping.Suffix, Ticks);
            File.WriteAllText(data, "Ticker,When,Last,Qty,Bid,Ask\nX,2026-01-05T03:45:00Z,1,,,\n");
            File.WriteAllBytes(data + ".gz", Reading.Gzip(File.ReadAllBytes(data)));
            File.WriteAllBytes(data + ".zip", Reading.Zip(("prices.csv", File.ReadAllText(data))));

            Assert.All((string[])[data, data + ".gz", data + ".zip"], static path => Assert.Single(Reading.All(TickFile.Open(path))));
            Assert.EndsWith("holds ticks by its mapping, not bars", Assert.Throws<MarketDataException>(() => BarFile.Open(data)).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(
        "Ticker,When,Last,Qty,Bid\nX,2026-01-05T03:45:00Z,1,1,1\n",
        "1: header: column 'Ask' (ask) is there not at all; the header has Ticker When Last Qty Bid"
    )]
    [InlineData(
        "Ticker,When,Last,Qty,Bid,Ask,Ask\n",
        "1: header: column 'Ask' (ask) is there more than once; the header has Ticker When Last Qty Bid Ask Ask"
    )]
    [InlineData("Ticker,When,Last,Qty,Bid,Ask\nX,2026-01-05,1,1,1,1\n", "2: time: '2026-01-05' is not a time of the mapping's format")]
    [InlineData("Ticker,When,Last,Qty,Bid,Ask\nX,2026-01-05T03:45:00Z,one,1,1,1\n", "2: price: 'one' is not a number")]
    [InlineData(
        "Ticker,When,Last,Qty,Bid,Ask\nX,2026-01-05T03:45:00Z,1,1.123456789,1,1\n",
        "2: size: '1.123456789' has more than 8 decimals"
    )]
    [InlineData("Ticker,When,Last,Qty,Bid,Ask\nX,2026-01-05T03:45:00Z,,,2,1\n", "2: ask: 1 is below the bid 2")]
    [InlineData("Ticker,When,Last,Qty,Bid,Ask\nX,2026-01-05T03:45:00Z,,5,1,2\n", "2: price: is missing in a row that has a size")]
    [InlineData("Ticker,When,Last,Qty,Bid,Ask\nX,2026-01-05T03:45:00Z,1,1,1\n", "2: row: has 5 fields where the header has 6")]
    [InlineData("Ticker,When,Last,Qty,Bid,Ask\nX,\"2026,1,1,1,1\n", "2: row: field 2 has a quotation mark that is not closed")]
    [InlineData("Ticker,When,Last,Qty,Bid,Ask\nX,\"2026\"T,1,1,1,1\n", "2: row: field 2 goes on after its quotation mark")]
    [InlineData(
        "Ticker,When,Last,Qty,Bid,Ask\n,2026-01-05T03:45:00Z,1,1,1,1\n",
        "2: symbol: '' is no symbol (1 to 64 letters, digits or : _ - . / & and space)"
    )]
    [InlineData("", "1: file: is empty")]
    [InlineData("Ticker,When,Last,Qty,Bid,Ask\n", "1: file: holds no ticks")]
    public void Says_line_and_field_of_what_is_wrong(string content, string expected) =>
        Assert.Equal("file:" + expected, Assert.Throws<MarketDataException>(() => Read(Ticks, content, out _)).Message);

    [Theory]
    [InlineData(
        "{",
        "1: json: malformed or not known; members are rows, columns, time (format, zone), delimiter, header, symbol, period, stamp"
    )]
    [InlineData(
        "{\n\"row\":1}",
        "2: row: malformed or not known; members are rows, columns, time (format, zone), delimiter, header, symbol, period, stamp"
    )]
    [InlineData("""{"rows":"rows","columns":{},"time":{}}""", "1: rows: 'rows' is neither ticks nor bars")]
    [InlineData(
        """{"rows":"ticks","columns":{"colour":1},"time":{}}""",
        "1: columns.colour: is not known; for ticks there are symbol, date, time, price, size, bid, ask, bid_size, ask_size"
    )]
    [InlineData(
        """{"rows":"ticks","columns":{"time":0},"time":{}}""",
        "1: columns.time: is neither a column's name nor its number from 1 to 1024"
    )]
    [InlineData("""{"rows":"ticks","columns":{"time":1},"time":{}}""", "1: columns.bid: is missing")]
    [InlineData("""{"rows":"bars","columns":{"time":1,"open":1,"high":1,"low":1},"time":{}}""", "1: columns.close: is missing")]
    [InlineData("""{"rows":"ticks","columns":{"time":1,"price":1},"time":{}}""", "1: symbol: is missing, and so is columns.symbol")]
    [InlineData(
        """{"rows":"ticks","symbol":"X","columns":{"symbol":1,"time":1,"price":1},"time":{}}""",
        "1: symbol: is there, and so is columns.symbol"
    )]
    [InlineData(
        """{"rows":"ticks","header":false,"symbol":"X","columns":{"time":"a","price":1},"time":{}}""",
        "1: columns.time: is a name, but the file has no header; give its number, from 1"
    )]
    [InlineData(
        """{"rows":"ticks","delimiter":",,","symbol":"X","columns":{"time":1,"price":1},"time":{}}""",
        "1: delimiter: ',,' is not one character such as , ; | or a tab"
    )]
    [InlineData(
        """{"rows":"ticks","symbol":"X","columns":{"time":1,"price":1},"time":{"format":"HH:mm"}}""",
        "1: time.format: 'HH:mm' is none of iso, s, ms, us, ns, nor a format such as yyyyMMdd HH:mm:ss.fff"
    )]
    [InlineData(
        """{"rows":"ticks","symbol":"X","columns":{"time":1,"price":1},"time":{"zone":"Mars/Base"}}""",
        "1: time.zone: 'Mars/Base' is no time zone that this machine knows, such as Asia/Kolkata"
    )]
    [InlineData("""{"rows":"ticks","symbol":"X","columns":{"time":1,"price":1},"time":{},"period":"1m"}""", "1: period: is for bars only")]
    [InlineData(
        """{"rows":"bars","symbol":"X","columns":{"time":1,"open":1,"high":1,"low":1,"close":1},"time":{},"period":"1x"}""",
        "1: period: '1x' is not a length such as 1s, 5m, 1h or 1d"
    )]
    [InlineData(
        """{"rows":"ticks","symbol":"X","columns":{"time":1,"price":1},"time":{},"stamp":"end"}""",
        "1: stamp: 'end' is neither start nor, for bars, end"
    )]
    public void Says_which_member_of_a_mapping_is_wrong(string json, string expected) =>
        Assert.Equal(
            "map.json:" + expected,
            Assert.Throws<MarketDataException>(() => CsvMapping.Parse(Encoding.UTF8.GetBytes(json), "map.json")).Message
        );

    [Theory]
    [InlineData(
        "{\n // of a vendor\n \"rows\": \"ticks\",\n \"symbol\": \"X\",\n \"time\": {},\n \"columns\": {\n  \"time\": 1,\n  \"colour\": 2\n }\n}",
        8
    )]
    [InlineData(
        "{\n \"rows\": \"ticks\",\n \"symbol\": \"X\",\n \"time\": {\n  \"zone\": \"Mars/Base\" },\n \"columns\": { \"time\": 1, \"price\": 2 }\n}",
        5
    )]
    [InlineData("{\n \"rows\": \"ticks\",\n \"symbol\": \"X\",\n \"time\": { \"format\": \"s\" },\n \"columns\": { \"price\": 2 }\n}", 5)] // columns.time is missing: the line of columns
    [InlineData("{\n \"rows\": \"ticks\",\n \"time\": {},\n \"columns\": { \"time\": 1, \"price\": 2 }\n}", 1)] // no symbol anywhere
    public void Says_the_line_of_a_wrong_member(string json, long line) =>
        Assert.Equal(line, Assert.Throws<MarketDataException>(() => CsvMapping.Parse(Encoding.UTF8.GetBytes(json), "map.json")).Line);

    [Fact]
    public void A_mapping_is_known_by_what_it_means_not_by_how_it_is_written()
    {
        static string Print(string json) =>
            Convert.ToHexString(CsvMapping.Parse(Encoding.UTF8.GetBytes(json), "map.json").Fingerprint.Span);
        var print = Print("""{"rows":"ticks","symbol":"X","time":{},"columns":{"time":1,"price":2}}""");

        Assert.Equal(
            print,
            Print(
                """
                { // the same
                  "columns": { "price": 2, "time": 1, },
                  "time": { "zone": "UTC", "format": "iso" },
                  "header": true, "delimiter": ",", "symbol": "X", "rows": "ticks" }
                """
            )
        );
        string[] others =
        [
            """{"rows":"ticks","symbol":"Y","time":{},"columns":{"time":1,"price":2}}""",
            """{"rows":"ticks","symbol":"X","time":{"zone":"Asia/Kolkata"},"columns":{"time":1,"price":2}}""",
            """{"rows":"ticks","symbol":"X","time":{"format":"s"},"columns":{"time":1,"price":2}}""",
            """{"rows":"ticks","symbol":"X","time":{},"columns":{"time":1,"price":3}}""",
            """{"rows":"ticks","symbol":"X","time":{},"columns":{"time":1,"price":"2"}}""",
            """{"rows":"ticks","symbol":"X","time":{},"columns":{"time":1,"price":2,"size":3}}""",
            """{"rows":"ticks","symbol":"X","header":false,"time":{},"columns":{"time":1,"price":2}}""",
            """{"rows":"ticks","symbol":"X","delimiter":";","time":{},"columns":{"time":1,"price":2}}""",
            """{"rows":"bars","symbol":"X","period":"1m","time":{},"columns":{"time":1,"open":1,"high":1,"low":1,"close":1}}""",
            """{"rows":"bars","symbol":"X","period":"1m","stamp":"end","time":{},"columns":{"time":1,"open":1,"high":1,"low":1,"close":1}}""",
            """{"rows":"bars","symbol":"X","period":"5m","time":{},"columns":{"time":1,"open":1,"high":1,"low":1,"close":1}}""",
        ];
        Assert.Equal(others.Length + 1, others.Select(Print).Append(print).Distinct().Count());
    }

    [Fact]
    public void Volumes_above_what_a_quantity_holds_are_read()
    {
        var mapping = CsvMapping.Parse(
            """{"rows":"bars","header":false,"symbol":"SHIB","period":"1d","time":{},"columns":{"time":1,"open":2,"high":3,"low":4,"close":5,"volume":6}}"""u8,
            "map"
        );
        var bar = Assert.Single(
            Reading.All(
                BarFile.Open(
                    new MemoryStream("2026-01-05T00:00:00Z,8.1e-06,0.0000085,0.000008,8.2e-06,14500000000000.5\n"u8.ToArray()),
                    "file",
                    null,
                    mapping
                )
            )
        );
        Assert.Equal((0.0000081m, 14_500_000_000_000.5m), (bar.Trade.Open.ToDecimal(), bar.Volume.ToDecimal()));
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_refused() =>
        Assert.Equal(
            "map.json:1: json: is not UTF-8",
            Assert.Throws<MarketDataException>(() => CsvMapping.Parse([.. "{\"rows\":\""u8, 0xF2, .. "\"}"u8], "map.json")).Message
        );

    private static List<PackedTick> Read(string mapping, string content, out SymbolTable symbols)
    {
        symbols = new SymbolTable();
        return Reading.All(
            TickFile.Open(
                new MemoryStream(Encoding.UTF8.GetBytes(content)),
                "file",
                symbols,
                CsvMapping.Parse(Encoding.UTF8.GetBytes(mapping), "map")
            )
        );
    }

    private static Price Units(long units) => Price.FromNanos(units * Price.Scale);

    private static string Iso(long micros) => EventTime.FromMicros(micros).ToString("yyyy-MM-ddTHH:mm:ssZ");
}
