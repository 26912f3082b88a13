using System.Net.Http.Json;
using System.Text.Json;

namespace AITrader.MockMcp.Tests.Shapes;

/// <summary>Answers have the shape of those that the official clients are tested with.</summary>
public sealed class FixtureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_and_trades()
    {
        await using var mock = await MockExchange.StartStillAsync(("Broker:Cash", "2000"));
        var kite = await KiteCaller.SignInAsync(mock);
        var complete = await kite.PlaceAsync("regular", ("quantity", 1), ("tag", "tag1"));
        var rejected = await kite.PlaceAsync("regular", ("quantity", 100));
        var recorded = Fixture.Data("orders.json").EnumerateArray().ToList();
        foreach (var like in recorded)
        {
            Fixture.SameShape(like, await kite.LastAsync(complete), "$", "iceberg");
            Fixture.SameShape(like, await kite.LastAsync(rejected), "$", "iceberg");
        }

        Fixture.SameShape(Fixture.Data("orderinfo.json"), await kite.GetAsync($"orders/{rejected}"));
        // The recorded token of a trade is text, which Kite itself documents as a number.
        Fixture.SameShape(Fixture.Data("trades.json"), await kite.GetAsync("trades"), "$", "instrument_token");
    }

    [Fact]
    public async Task Positions_holdings_and_funds()
    {
        await using var mock = await MockExchange.StartStillAsync(("Broker:Holdings", "SBIN:16@801.78"));
        var kite = await KiteCaller.SignInAsync(mock);
        await kite.PlaceAsync("regular");
        Fixture.SameShape(Fixture.Data("positions.json"), await kite.GetAsync("portfolio/positions"));
        Fixture.SameShape(Fixture.Data("holdings.json"), await kite.GetAsync("portfolio/holdings"));
        Fixture.SameShape(Fixture.Data("margins.json"), await kite.GetAsync("user/margins"));
        Fixture.SameShape(Fixture.Data("equity_margins.json"), await kite.GetAsync("user/margins/equity"));
        Fixture.SameShape(Fixture.Data("commodity_margins.json"), await kite.GetAsync("user/margins/commodity"));
        Fixture.SameShape(Fixture.Data("profile.json"), await kite.GetAsync("user/profile"));
    }

    [Fact]
    public async Task Margins_of_orders_and_baskets()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        Fixture.SameShape(Fixture.Data("order_margins.json"), await PostAsync(mock, kite, "margins/orders"));
        Fixture.SameShape(Fixture.Data("order_margins_compact.json"), await PostAsync(mock, kite, "margins/orders?mode=compact"));
        Fixture.SameShape(Fixture.Data("basket_margins.json"), await PostAsync(mock, kite, "margins/basket?consider_positions=true"));
        Fixture.SameShape(
            Fixture.Data("basket_margins_compact.json").GetProperty("orders"),
            (await PostAsync(mock, kite, "margins/basket?mode=compact")).GetProperty("orders")
        );
    }

    [Fact]
    public async Task Triggers_candles_quotes_and_slices()
    {
        await using var mock = await MockExchange.StartStillAsync(("Broker:Cash", "1000000000"));
        var kite = await KiteCaller.SignInAsync(mock);
        var id = await GttCalls.SetAsync(kite, "two-leg", [1400, 1700]);
        Fixture.SameShape(Fixture.Data("gtt_get_order.json"), await kite.GetAsync($"gtt/triggers/{id}"));
        Fixture.SameShape(Fixture.Data("gtt_get_orders.json"), await kite.GetAsync("gtt/triggers"), "$", "result");
        Fixture.SameShape(
            Fixture.Data("historical.json"),
            await kite.GetAsync("instruments/historical/408065/minute?from=2026-11-27+09:15:00&to=2026-11-27+09:20:00")
        );
        var quotes = await kite.GetAsync("quote?i=NSE:INFY&i=NSE:NIFTY+50");
        var recorded = Fixture.Data("quote.json");
        Fixture.SameShape(recorded.GetProperty("NSE:ASHOKLEY"), quotes.GetProperty("NSE:INFY"));
        Fixture.SameShape(recorded.GetProperty("NSE:NIFTY 50"), quotes.GetProperty("NSE:NIFTY 50"), "$", "tradingsymbol");
        var (_, body) = await kite.OrderAsync("regular", ("quantity", 150_000), ("autoslice", "true"));
        Fixture.SameShape(Fixture.Data("autoslice_response.json"), body.GetProperty("data"));
    }

    private static async Task<JsonElement> PostAsync(MockExchange mock, KiteCaller kite, string path)
    {
        using var request = kite.Request(HttpMethod.Post, path);
        request.Content = JsonContent.Create(
            new object[]
            {
                new
                {
                    exchange = "NSE",
                    tradingsymbol = "INFY",
                    transaction_type = "BUY",
                    variety = "regular",
                    product = "MIS",
                    order_type = "LIMIT",
                    quantity = 10,
                    price = 1500,
                    trigger_price = 0,
                },
            }
        );
        using var answer = await mock.Http.SendAsync(request, Ct);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement.GetProperty("data").Clone();
    }
}
