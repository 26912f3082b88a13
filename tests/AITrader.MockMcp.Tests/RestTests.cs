using System.Net;
using System.Text.Json;
using AITrader.TestSupport;
using AITrader.Venues.Kite;

namespace AITrader.MockMcp.Tests;

public sealed class RestTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signs_in_by_the_whole_flow_and_knows_the_user()
    {
        await using var mock = await MockExchange.StartAsync();
        var caller = await mock.SignInAsync(Ct);
        var profile = await mock.Client.GetProfileAsync(caller, Ct);
        Assert.Equal(("AB1234", "ZERODHA"), (profile.UserId, profile.Broker));
    }

    [Fact]
    public async Task Refuses_what_kite_refuses()
    {
        await using var mock = await MockExchange.StartAsync();
        var token = await mock.Client.RequestTokenAsync(mock.Address, "test_api_key", Ct);
        await RefusedAsync(
            () => mock.Client.CreateSessionAsync("test_api_key", token, "wrong", Ct),
            HttpStatusCode.Forbidden,
            "TokenException"
        );
        var session = await mock.Client.CreateSessionAsync("test_api_key", token, "test_api_secret", Ct);
        await RefusedAsync(
            () => mock.Client.CreateSessionAsync("test_api_key", token, "test_api_secret", Ct),
            HttpStatusCode.Forbidden,
            "TokenException"
        );
        await RefusedAsync(
            () => mock.Client.GetProfileAsync(new KiteCredentials("test_api_key", "wrong"), Ct),
            HttpStatusCode.Forbidden,
            "TokenException"
        );
        await Assert.ThrowsAsync<KiteException>(() => mock.Client.RequestTokenAsync(mock.Address, "unknown", Ct));
        using var unsigned = await mock.Http.GetAsync("user/profile", Ct);
        Assert.Equal(HttpStatusCode.BadRequest, unsigned.StatusCode);
        await mock.OrderAsync("sessions/end", Ct);
        await RefusedAsync(() => mock.Client.GetProfileAsync(session.Credentials, Ct), HttpStatusCode.Forbidden, "TokenException");
    }

    [Fact]
    public async Task Lists_instruments_with_the_tokens_of_the_nse()
    {
        await using var mock = await MockExchange.StartAsync();
        var caller = await mock.SignInAsync(Ct);
        var list = await mock.Client.GetInstrumentsAsync(caller, "NSE", Ct);
        Assert.Equal(
            ["NSE:HDFCBANK", "NSE:INFY", "NSE:NIFTY 50", "NSE:RELIANCE", "NSE:SBIN", "NSE:TCS"],
            list.Select(static row => row.Key).Order()
        );
        Assert.Equal(408065u, list.Single(static row => row.Key == "NSE:INFY").Token);
        Assert.Equal(256265u, list.Single(static row => row.Key == "NSE:NIFTY 50").Token);
        Assert.Empty(await mock.Client.GetInstrumentsAsync(caller, "BSE", Ct));
        using var raw = await mock.Http.GetAsync("instruments", Ct);
        Assert.Equal("text/csv", raw.Content.Headers.GetValues("Content-Type").Single());
    }

    [Fact]
    public async Task Quotes_what_it_knows_in_kites_shape()
    {
        await using var mock = await MockExchange.StartAsync();
        var caller = await mock.SignInAsync(Ct);
        var quotes = await mock.Client.GetQuotesAsync(caller, ["NSE:INFY", "NSE:NIFTY 50", "NSE:NOPE"], Ct);
        Assert.Equal(["NSE:INFY", "NSE:NIFTY 50"], quotes.Keys.Order());
        var infy = quotes["NSE:INFY"];
        Assert.Equal((5, 5), (infy.Depth!.Buy.Count, infy.Depth.Sell.Count));
        Assert.True(infy.Depth.Buy[0].Price < infy.Depth.Sell[0].Price);
        Assert.InRange(infy.LastPrice, infy.LowerCircuitLimit, infy.UpperCircuitLimit);
        Assert.Equal(1567.80m, infy.Ohlc.Close);
        Assert.Equal(408065u, (await mock.Client.GetLastPricesAsync(caller, ["NSE:INFY"], Ct))["NSE:INFY"].InstrumentToken);

        using var request = new HttpRequestMessage(HttpMethod.Get, "quote?i=NSE:INFY");
        request.Headers.Add("Authorization", caller.Authorization);
        using var answer = await mock.Http.SendAsync(request, Ct);
        Assert.Equal("application/json", answer.Content.Headers.GetValues("Content-Type").Single());
        var ours = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement.GetProperty("data").GetProperty("NSE:INFY");
        var kites = JsonDocument
            .Parse(File.ReadAllText(Path.Combine(SharedData.Require("kite/rest"), "quote.json")))
            .RootElement.GetProperty("data")
            .EnumerateObject()
            .First()
            .Value;
        Assert.Equal(
            kites.EnumerateObject().Select(static member => member.Name).Order(),
            ours.EnumerateObject().Select(static member => member.Name).Order()
        );
    }

    [Fact]
    public async Task Too_many_names_are_refused()
    {
        await using var mock = await MockExchange.StartAsync();
        var caller = await mock.SignInAsync(Ct);
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            "quote?" + string.Join('&', Enumerable.Range(0, 501).Select(static i => $"i=N:{i}"))
        );
        request.Headers.Add("Authorization", caller.Authorization);
        using var answer = await mock.Http.SendAsync(request, Ct);
        Assert.Contains(
            "Too many tokens requested. Max permitted is 500.",
            await answer.Content.ReadAsStringAsync(Ct),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Refuses_on_order_and_limits_rates()
    {
        await using var mock = await MockExchange.StartAsync(("Kite:LimitRates", "true"));
        var caller = await mock.SignInAsync(Ct);
        await mock.OrderAsync("rest/refuse?status=502&count=1", Ct);
        await RefusedAsync(() => mock.Client.GetProfileAsync(caller, Ct), HttpStatusCode.BadGateway, "DataException");
        await mock.Client.GetProfileAsync(caller, Ct);

        // Of four in a row at least two fall into one second.
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            try
            {
                await mock.Client.GetLastPricesAsync(caller, ["NSE:INFY"], Ct);
                answers.Add(HttpStatusCode.OK);
            }
            catch (KiteException refusal)
            {
                answers.Add(refusal.Status);
            }
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Contains(HttpStatusCode.OK, answers);
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/orders/regular/1/2")]
    [InlineData("POST", "/alerts")]
    public async Task What_it_does_not_have_is_an_unknown_route_and_never_a_success(string method, string path)
    {
        await using var mock = await MockExchange.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await mock.Http.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement;
        Assert.Equal("error", body.GetProperty("status").GetString());
        Assert.Equal("Route not found", body.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Is_healthy()
    {
        await using var mock = await MockExchange.StartAsync();
        foreach (var probe in new[] { "/health", "/alive", "/ready", "/metrics" })
        {
            using var answer = await mock.Http.GetAsync(new Uri(probe, UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static async Task RefusedAsync(Func<Task> call, HttpStatusCode status, string errorType)
    {
        var refusal = await Assert.ThrowsAsync<KiteException>(call);
        Assert.Equal((status, errorType), (refusal.Status, refusal.ErrorType));
    }
}
