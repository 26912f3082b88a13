using System.Net;
using System.Text;
using AITrader.TestSupport;
using AITrader.Venues.Kite;
using AITrader.Venues.Kite.Rest;

namespace AITrader.Venues.Tests.Kite;

public sealed class RestTests
{
    private const string Header =
        "instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange\n";

    private static readonly KiteCredentials Caller = new("key", "access");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void The_checksum_is_the_hash_of_key_token_and_secret() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", KiteLogin.Checksum("a", "b", "c"));

    [Theory]
    [InlineData("https://app/back?action=login&status=success&request_token=abc%2B1&x=y", "abc+1")]
    [InlineData("https://app/back?action=login&status=cancelled", null)]
    public void The_request_token_is_read_from_the_redirect(string address, string? token) =>
        Assert.Equal(token, KiteLogin.RequestToken(new Uri(address)));

    [Fact]
    public async Task Reads_kites_own_answers()
    {
        var profile = await Client("profile.json").GetProfileAsync(Caller, Ct);
        Assert.Equal(("AxAx Bxx", "ZERODHA", 6), (profile.UserName, profile.Broker, profile.Exchanges.Count));
        var ltp = await Client("ltp.json").GetLastPricesAsync(Caller, ["NSE:INFY"], Ct);
        Assert.Equal((408065u, 989.2m), (ltp["NSE:INFY"].InstrumentToken, ltp["NSE:INFY"].LastPrice));
        var quote = (await Client("quote.json").GetQuotesAsync(Caller, ["NSE:ASHOKLEY"], Ct))["NSE:ASHOKLEY"];
        Assert.Equal((54273u, 76.6m, 12995404m, 76.45m), (quote.InstrumentToken, quote.LastPrice, quote.Volume, quote.Ohlc.Close));
        Assert.Equal(new KiteDepthLevel(76.5m, 14620, 12), quote.Depth!.Buy[0]);
        Assert.Equal(5, quote.Depth.Sell.Count);
    }

    [Fact]
    public async Task Reads_kites_own_instruments()
    {
        var instruments = await Client("instruments_nse.csv").GetInstrumentsAsync(Caller, "NSE", Ct);
        var adani = Assert.Single(instruments, static row => row.TradingSymbol == "ADANIPORTS");
        Assert.Equal(
            (3861249u, 15083u, "ADANI PORT & SEZ", 0.05m, 1m, "NSE:ADANIPORTS"),
            (adani.Token, adani.ExchangeToken, adani.Name, adani.TickSize, adani.LotSize, adani.Key)
        );
        Assert.All(instruments, static row => Assert.Equal(row.ExchangeToken, row.Token >> 8));
        var all = await Client("instruments_all.csv").GetInstrumentsAsync(Caller, null, Ct);
        Assert.Equal(13.14m, Assert.Single(all, static row => row.TradingSymbol == "WEIRDSTRIKE").Strike);
    }

    [Fact]
    public async Task An_odd_row_is_skipped_and_named_and_costs_no_other()
    {
        const string Csv =
            Header
            + "257,1,\"A,B\",\"say \"\"x\"\"\",0,2024-08-29,1,0.05,1,FUT,NFO,NFO\n513,x,B,B,0,,0,0.05,1,EQ,NSE,NSE\n\n769,3,C,C,0,,0\n1025,4,D,D,0,29-08-2024,0,0.05,1,EQ,NSE,NSE\n"
            + "1281,5,,E,0,,0,0.05,1,EQ,NSE,NSE\n99999999999,6,F,F,0,,0,0.05,1,EQ,NSE,NSE\n1537,6,G,G,0,,0,0.05,1,EQ,NSE,NSE\n";
        var list = await Client(HttpStatusCode.OK, Csv, "text/csv").GetInstrumentsAsync(Caller, null, Ct);
        Assert.Equal([("NFO:A,B", "say \"x\""), ("NSE:G", "G")], list.Select(static row => (row.Key, row.Name)));
        Assert.Equal(new DateOnly(2024, 8, 29), list[0].Expiry);
        Assert.Equal(5, list.Skipped);
        Assert.Equal(
            ["line 3", "line 5", "line 6", "line 7", "line 8"],
            list.Problems.Select(static problem => problem["instruments ".Length..problem.IndexOf(':', StringComparison.Ordinal)])
        );
    }

    [Fact]
    public async Task Columns_are_found_by_name_and_those_that_are_new_are_left_alone()
    {
        const string Csv = "exchange,tick_size,isin,tradingsymbol,instrument_token\nNSE,0.05,INE1,INFY,408065\n";
        var row = Assert.Single(await Client(HttpStatusCode.OK, Csv, "text/csv").GetInstrumentsAsync(Caller, null, Ct));
        Assert.Equal((408065u, "NSE:INFY", 0.05m, 0u, 0m), (row.Token, row.Key, row.TickSize, row.ExchangeToken, row.LotSize));
    }

    [Theory]
    [InlineData(
        "instrument_token,tradingsymbol,exchange\n408065,INFY,NSE\n",
        "the instruments list has another header, without tick_size:"
    )]
    [InlineData("<html>", "the instruments list has another header, without instrument_token, tradingsymbol, tick_size, exchange:")]
    [InlineData(Header + "x,1,A,A,0,,0,0.05,1,EQ,NSE,NSE\n", "no row can be read, as instruments line 2:")]
    public async Task A_list_of_which_nothing_can_be_read_is_refused(string csv, string problem)
    {
        var failure = await Assert.ThrowsAsync<KiteException>(() =>
            Client(HttpStatusCode.OK, csv, "text/csv").GetInstrumentsAsync(Caller, null, Ct)
        );
        Assert.StartsWith(problem, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_odd_quote_is_missing_and_costs_no_other()
    {
        const string Json = """
            {"status":"success","data":{"NSE:A":{"instrument_token":257,"last_price":10.5,"ohlc":{"open":1,"high":2,"low":1,"close":2}},
            "NSE:B":{"instrument_token":513,"last_price":"dear","ohlc":{"open":1,"high":2,"low":1,"close":2}},"NSE:C":{"last_price":3},"NSE:D":null,
            "NSE:E":{"instrument_token":1281,"last_price":11,"ohlc":{"open":1,"high":2,"low":1,"close":2}}}}
            """;
        var quotes = await Client(HttpStatusCode.OK, Json, "application/json")
            .GetQuotesAsync(Caller, ["NSE:A", "NSE:B", "NSE:C", "NSE:D", "NSE:E"], Ct);
        Assert.Equal([("NSE:A", 10.5m), ("NSE:E", 11m)], quotes.Select(static quote => (quote.Key, quote.Value.LastPrice)));
    }

    [Theory]
    [InlineData(
        HttpStatusCode.Forbidden,
        """{"status":"error","message":"Token is invalid","error_type":"TokenException"}""",
        "TokenException",
        true,
        false
    )]
    [InlineData(
        HttpStatusCode.TooManyRequests,
        """{"status":"error","message":"Too many requests","error_type":"NetworkException"}""",
        "NetworkException",
        false,
        true
    )]
    [InlineData(HttpStatusCode.BadGateway, "<html>Bad gateway</html>", "", false, true)]
    [InlineData(
        HttpStatusCode.BadRequest,
        """{"status":"error","message":"?","error_type":"BrandNewException"}""",
        "BrandNewException",
        false,
        false
    )]
    public async Task Refusals_keep_what_kite_said(HttpStatusCode status, string body, string type, bool isSessionOver, bool isTransient)
    {
        var failure = await Assert.ThrowsAsync<KiteException>(() => Client(status, body, "application/json").GetProfileAsync(Caller, Ct));
        Assert.Equal(
            (status, type, isSessionOver, isTransient),
            (failure.Status, failure.ErrorType, failure.IsSessionOver, failure.IsTransient)
        );
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"status\":\"success\"}")]
    [InlineData("{\"status\":\"success\",\"data\":[1]}")]
    public async Task An_answer_that_cannot_be_read_is_an_error(string body) =>
        await Assert.ThrowsAsync<KiteException>(() => Client(HttpStatusCode.OK, body, "application/json").GetProfileAsync(Caller, Ct));

    [Fact]
    public async Task Requests_are_signed()
    {
        var wire = new Wire(HttpStatusCode.OK, "{\"status\":\"success\",\"data\":{}}", "application/json");
        await new KiteClient(new HttpClient(wire) { BaseAddress = new Uri("http://kite/") }).GetQuotesAsync(
            Caller,
            ["NSE:NIFTY 50", "NSE:M&M"],
            Ct
        );
        Assert.Equal("http://kite/quote?i=NSE%3ANIFTY%2050&i=NSE%3AM%26M", wire.Last!.RequestUri!.AbsoluteUri);
        Assert.Equal("token key:access", wire.Last.Headers.GetValues("Authorization").Single());
        Assert.Equal("3", wire.Last.Headers.GetValues("X-Kite-Version").Single());
        Assert.DoesNotContain("access", Caller.ToString(), StringComparison.Ordinal);
    }

    private static KiteClient Client(string fixture) =>
        Client(
            HttpStatusCode.OK,
            File.ReadAllText(Path.Combine(SharedData.Require("kite/rest"), fixture)),
            fixture.EndsWith("csv", StringComparison.Ordinal) ? "text/csv" : "application/json"
        );

    private static KiteClient Client(HttpStatusCode status, string body, string type) =>
        new(new HttpClient(new Wire(status, body, type)) { BaseAddress = new Uri("http://kite/") });

    private sealed class Wire(HttpStatusCode status, string body, string type) : HttpMessageHandler
    {
        public HttpRequestMessage? Last { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Last = request;
            return Task.FromResult(
                new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type), RequestMessage = request }
            );
        }
    }
}
