using System.Text.Json;

namespace AITrader.MockMcp.Tests.Mcp;

public sealed class McpToolTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_placed_over_mcp_is_read_back_over_rest_and_the_other_way_round()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        await using var user = await McpUser.SignInAsync(mock);
        var id = (await user.JsonAsync("place_order", Order(tag: "overmcp"))).GetProperty("order_id").GetString()!;
        Assert.Equal("overmcp", (await kite.LastAsync(id)).GetProperty("tag").GetString());
        var (bid, _, _) = await kite.PricesAsync();
        var waiting = await kite.PlaceAsync("regular", ("order_type", "LIMIT"), ("price", bid - 5));
        Assert.Equal(
            [id, waiting],
            (await user.JsonAsync("get_orders")).EnumerateArray().Select(static row => row.GetProperty("order_id").GetString())
        );
        await user.JsonAsync("cancel_order", new { variety = "regular", order_id = waiting });
        Assert.Equal("CANCELLED", (await kite.LastAsync(waiting)).GetProperty("status").GetString());
        Assert.Single((await user.JsonAsync("get_order_trades", new { order_id = id })).EnumerateArray());
        Assert.Single((await user.JsonAsync("get_trades")).EnumerateArray());
    }

    [Fact]
    public async Task Times_are_those_of_a_go_program()
    {
        await using var mock = await MockExchange.StartStillAsync(("Broker:Cash", "10"));
        await using var user = await McpUser.SignInAsync(mock);
        var id = (await user.JsonAsync("place_order", Order())).GetProperty("order_id").GetString();
        var rejected = (await user.JsonAsync("get_order_history", new { order_id = id })).EnumerateArray().Last();
        Assert.Equal("REJECTED", rejected.GetProperty("status").GetString());
        Assert.Equal("0001-01-01T00:00:00Z", rejected.GetProperty("exchange_timestamp").GetString());
        Assert.Equal(TimeSpan.FromHours(5.5), rejected.GetProperty("order_timestamp").GetDateTimeOffset().Offset);
    }

    [Fact]
    public async Task Positions_are_those_of_the_day_followed_by_the_net_ones()
    {
        await using var mock = await MockExchange.StartStillAsync();
        await using var user = await McpUser.SignInAsync(mock);
        await user.JsonAsync("place_order", Order());
        Assert.Equal(
            [10, 10],
            (await user.JsonAsync("get_positions")).EnumerateArray().Select(static row => row.GetProperty("quantity").GetInt32())
        );
    }

    [Fact]
    public async Task A_modification_without_a_quantity_sends_one()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        await using var user = await McpUser.SignInAsync(mock);
        var (bid, _, _) = await kite.PricesAsync();
        var id = await kite.PlaceAsync("regular", ("order_type", "LIMIT"), ("price", bid - 5));
        await user.JsonAsync(
            "modify_order",
            new
            {
                variety = "regular",
                order_id = id,
                order_type = "LIMIT",
                price = bid - 6,
            }
        );
        var order = await kite.LastAsync(id);
        Assert.Equal((1, bid - 6), (order.GetProperty("quantity").GetInt32(), order.GetProperty("price").GetDecimal()));
    }

    [Fact]
    public async Task A_trigger_is_set_and_becomes_delivery_when_it_is_changed()
    {
        await using var mock = await MockExchange.StartStillAsync();
        await using var user = await McpUser.SignInAsync(mock);
        var id = (await user.JsonAsync("place_gtt_order", Gtt("MIS", 1650))).GetProperty("trigger_id").GetInt32();
        var gtt = (await user.JsonAsync("get_gtts"))[0];
        Assert.Equal("MIS", gtt.GetProperty("orders")[0].GetProperty("product").GetString());
        await user.JsonAsync("modify_gtt_order", Gtt(null, 1660, id));
        gtt = (await user.JsonAsync("get_gtts"))[0];
        Assert.Equal("CNC", gtt.GetProperty("orders")[0].GetProperty("product").GetString());
        await user.JsonAsync("delete_gtt_order", new { trigger_id = id });
        Assert.Empty((await user.JsonAsync("get_gtts")).EnumerateArray());
        Assert.Equal("Failed to delete GTT order", await user.ErrorAsync("delete_gtt_order", new { trigger_id = id }));
    }

    [Fact]
    public async Task Errors_say_what_is_missing_but_not_what_the_broker_said()
    {
        await using var mock = await MockExchange.StartStillAsync();
        await using var user = await McpUser.SignInAsync(mock);
        Assert.Equal("parameter 'order_id': is required", await user.ErrorAsync("get_order_history"));
        Assert.Equal("parameter 'order_id': cannot be empty", await user.ErrorAsync("get_order_trades", new { order_id = "" }));
        Assert.Equal(
            "parameter 'instruments': cannot be empty",
            await user.ErrorAsync("get_ltp", new { instruments = Array.Empty<string>() })
        );
        Assert.Equal("Failed to place order", await user.ErrorAsync("place_order", Order(symbol: "NOSUCH")));
        Assert.Equal("Failed to cancel order", await user.ErrorAsync("cancel_order", new { variety = "regular", order_id = "1" }));
        Assert.Equal("Failed to execute get_order_history", await user.ErrorAsync("get_order_history", new { order_id = "1" }));
    }

    [Fact]
    public async Task Faults_of_the_broker_are_faults_of_its_tools()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        await using var user = await McpUser.SignInAsync(mock);
        await mock.OrderAsync("orders/lose-answer?mode=hang", Ct);
        Assert.Equal("Failed to place order", await user.ErrorAsync("place_order", Order(tag: "lost")));
        Assert.Equal("lost", Assert.Single((await kite.GetAsync("orders")).EnumerateArray()).GetProperty("tag").GetString());
        await mock.OrderAsync("rest/refuse?status=429&count=1&scope=orders", Ct);
        Assert.Equal("Failed to place order", await user.ErrorAsync("place_order", Order()));
        await mock.OrderAsync("orders/reject", Ct);
        var id = (await user.JsonAsync("place_order", Order())).GetProperty("order_id").GetString()!;
        Assert.Equal("REJECTED", (await kite.LastAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Lists_come_in_pages_where_a_limit_is_given()
    {
        await using var mock = await MockExchange.StartStillAsync();
        await using var user = await McpUser.SignInAsync(mock);
        for (var i = 0; i < 3; i++)
        {
            await user.JsonAsync("place_order", Order());
        }

        var page = await user.JsonAsync("get_orders", new { from = 1, limit = 1 });
        Assert.Equal("""{"from":1,"limit":1,"total":3,"has_more":true,"returned":1}""", page.GetProperty("pagination").GetRawText());
        Assert.Single(page.GetProperty("data").EnumerateArray());
        Assert.Equal(2, (await user.JsonAsync("get_orders", new { from = 1 })).GetArrayLength());
    }

    [Fact]
    public async Task Quotes_prices_and_candles_are_those_of_rest()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        await using var user = await McpUser.SignInAsync(mock);
        var asked = new { instruments = new[] { "NSE:INFY", "NSE:NOSUCH" } };
        var price = (await kite.PricesAsync()).Last;
        foreach (var tool in new[] { "get_quotes", "get_ltp", "get_ohlc" })
        {
            var quote = Assert.Single((await user.JsonAsync(tool, asked)).EnumerateObject());
            Assert.Equal(("NSE:INFY", price), (quote.Name, quote.Value.GetProperty("last_price").GetDecimal()));
        }

        var candles = await user.JsonAsync("get_historical_data", Candles("2026-11-16 09:15:00"));
        Assert.Equal(5, candles.GetArrayLength());
        Assert.Equal("2026-11-16T00:00:00+05:30", candles[0].GetProperty("date").GetString());
        Assert.Equal(
            "Failed to parse from_date, use format YYYY-MM-DD HH:MM:SS",
            await user.ErrorAsync("get_historical_data", Candles("16.11.2026"))
        );
        Assert.Equal("Failed to get historical data", await user.ErrorAsync("get_historical_data", Candles("2006-11-16 09:15:00")));
        Assert.Equal(
            price,
            (await user.JsonAsync("get_margins")).GetProperty("equity").GetProperty("net").GetDecimal() - 1_000_000 + price
        );
        Assert.Equal(JsonValueKind.Array, (await user.JsonAsync("get_mf_holdings")).ValueKind);
        Assert.Equal(JsonValueKind.Array, (await user.JsonAsync("get_holdings")).ValueKind);
    }

    private static object Candles(string from) =>
        new
        {
            instrument_token = 408065,
            from_date = from,
            to_date = "2026-11-20 15:30:00",
            interval = "day",
        };

    private static object Order(string symbol = "INFY", string? tag = null) =>
        new
        {
            variety = "regular",
            exchange = "NSE",
            tradingsymbol = symbol,
            transaction_type = "BUY",
            quantity = 10,
            product = "MIS",
            order_type = "MARKET",
            tag,
        };

    private static object Gtt(string? product, decimal trigger, int? id = null) =>
        new
        {
            trigger_id = id,
            exchange = "NSE",
            tradingsymbol = "INFY",
            last_price = 1567.8,
            transaction_type = "SELL",
            product,
            trigger_type = "single",
            trigger_value = trigger,
            quantity = 1,
            limit_price = trigger,
        };
}
