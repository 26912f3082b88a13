using System.Net;
using System.Text.Json;

namespace AITrader.MockMcp.Tests.Orders;

public sealed class OrderLifeTests
{
    [Fact]
    public async Task A_market_order_goes_through_all_states_and_trades_at_the_offer()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (_, offer, _) = await kite.PricesAsync();
        var id = await kite.PlaceAsync("regular", ("tag", "decision1"));
        Assert.Equal(["PUT ORDER REQ RECEIVED", "VALIDATION PENDING", "OPEN PENDING", "OPEN", "COMPLETE"], await kite.StatusesAsync(id));
        var first = (await kite.GetAsync($"orders/{id}"))[0];
        Assert.Equal(
            (0m, JsonValueKind.Null),
            (first.GetProperty("average_price").GetDecimal(), first.GetProperty("exchange_timestamp").ValueKind)
        );
        Assert.Equal(JsonValueKind.Null, first.GetProperty("exchange_order_id").ValueKind);
        var last = await kite.LastAsync(id);
        Assert.Equal((offer, 10, 0), (Number(last, "average_price"), Whole(last, "filled_quantity"), Whole(last, "pending_quantity")));
        Assert.Equal(("decision1", "decision1"), (last.GetProperty("tag").GetString(), last.GetProperty("tags")[0].GetString()));
        var trade = Assert.Single((await kite.GetAsync($"orders/{id}/trades")).EnumerateArray());
        Assert.Equal((offer, 10), (Number(trade, "average_price"), Whole(trade, "quantity")));
        Assert.Equal(8, trade.GetProperty("order_timestamp").GetString()!.Length);
        Assert.Equal(last.GetProperty("exchange_order_id").GetString(), trade.GetProperty("exchange_order_id").GetString());
    }

    [Fact]
    public async Task Order_ids_are_text_of_more_digits_than_a_double_holds_and_grow()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await kite.PlaceAsync("regular", ("quantity", 1)));
        }

        Assert.All(ids, static id => Assert.Equal(19, id.Length));
        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
        Assert.NotEqual(
            ids[0],
            ((long)double.Parse(ids[0], System.Globalization.CultureInfo.InvariantCulture) + 1).ToString(
                System.Globalization.CultureInfo.InvariantCulture
            )
        );
        Assert.Equal(ids, (await kite.GetAsync("orders")).EnumerateArray().Select(static row => row.GetProperty("order_id").GetString()));
    }

    [Fact]
    public async Task A_large_order_walks_the_depth_takes_it_away_and_waits_for_more()
    {
        await using var mock = await MockExchange.StartStillAsync(("Broker:Cash", "1000000000"));
        var kite = await KiteCaller.SignInAsync(mock);
        var before = (await kite.GetAsync("quote?i=NSE:INFY")).GetProperty("NSE:INFY");
        var offers = before.GetProperty("depth").GetProperty("sell").EnumerateArray().ToList();
        var shown = offers.Sum(static level => Whole(level, "quantity"));
        var id = await kite.PlaceAsync("regular", ("quantity", shown + 500));
        var trades = (await kite.GetAsync($"orders/{id}/trades")).EnumerateArray().ToList();
        Assert.Equal(
            offers.Select(static level => (Number(level, "price"), Whole(level, "quantity"))),
            trades.Select(static trade => (Number(trade, "average_price"), Whole(trade, "quantity")))
        );
        var state = await kite.LastAsync(id);
        Assert.Equal(
            ("OPEN", shown, 500),
            (state.GetProperty("status").GetString(), Whole(state, "filled_quantity"), Whole(state, "pending_quantity"))
        );
        var after = (await kite.GetAsync("quote?i=NSE:INFY")).GetProperty("NSE:INFY");
        Assert.Empty(after.GetProperty("depth").GetProperty("sell").EnumerateArray());
        Assert.Equal(Whole(before, "volume") + shown, Whole(after, "volume"));
        await mock.StepAsync(3);
        var done = await kite.LastAsync(id);
        Assert.Equal("COMPLETE", done.GetProperty("status").GetString());
        var all = (await kite.GetAsync($"orders/{id}/trades")).EnumerateArray().ToList();
        Assert.Equal(shown + 500, all.Sum(static trade => Whole(trade, "quantity")));
        var value = all.Sum(static trade => Whole(trade, "quantity") * Number(trade, "average_price"));
        Assert.Equal(decimal.Round(value / (shown + 500), 4), Number(done, "average_price"));
    }

    [Fact]
    public async Task A_limit_order_waits_in_the_queue_and_fills_at_its_own_price()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (bid, _, _) = await kite.PricesAsync();
        var id = await kite.PlaceAsync("regular", ("order_type", "LIMIT"), ("price", bid));
        Assert.Equal("OPEN", (await kite.LastAsync(id)).GetProperty("status").GetString());
        await mock.StepAsync(1000);
        var last = await kite.LastAsync(id);
        Assert.Equal(("COMPLETE", bid), (last.GetProperty("status").GetString(), Number(last, "average_price")));
    }

    [Fact]
    public async Task A_limit_that_crosses_takes_what_is_there_at_the_books_prices()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (_, offer, _) = await kite.PricesAsync();
        var last = await kite.LastAsync(await kite.PlaceAsync("regular", ("order_type", "LIMIT"), ("price", offer + 1)));
        Assert.Equal(("COMPLETE", offer), (last.GetProperty("status").GetString(), Number(last, "average_price")));
    }

    [Fact]
    public async Task What_an_ioc_order_does_not_get_at_once_is_cancelled()
    {
        await using var mock = await MockExchange.StartStillAsync(("Broker:Cash", "1000000000"));
        var kite = await KiteCaller.SignInAsync(mock);
        var offers = (await kite.GetAsync("quote?i=NSE:INFY")).GetProperty("NSE:INFY").GetProperty("depth").GetProperty("sell");
        var best = Whole(offers[0], "quantity");
        var id = await kite.PlaceAsync(
            "regular",
            ("order_type", "LIMIT"),
            ("price", Number(offers[0], "price")),
            ("quantity", best + 7),
            ("validity", "IOC")
        );
        var last = await kite.LastAsync(id);
        Assert.Equal("CANCELLED", last.GetProperty("status").GetString());
        Assert.Equal((best, 7, 7), (Whole(last, "filled_quantity"), Whole(last, "pending_quantity"), Whole(last, "cancelled_quantity")));
    }

    [Fact]
    public async Task A_ttl_order_ends_after_its_minutes()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (bid, _, _) = await kite.PricesAsync();
        var id = await kite.PlaceAsync("regular", ("order_type", "LIMIT"), ("price", bid - 10), ("validity", "TTL"), ("validity_ttl", 2));
        var now = TimeProvider.System.GetUtcNow();
        await mock.OrderAsync(
            $"clock?now={Uri.EscapeDataString(now.AddSeconds(100).ToString("O"))}",
            TestContext.Current.CancellationToken
        );
        Assert.Equal("OPEN", (await kite.LastAsync(id)).GetProperty("status").GetString());
        await mock.OrderAsync(
            $"clock?now={Uri.EscapeDataString(now.AddSeconds(125).ToString("O"))}",
            TestContext.Current.CancellationToken
        );
        Assert.Equal("CANCELLED", (await kite.LastAsync(id)).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("SL")]
    [InlineData("SL-M")]
    public async Task A_stop_waits_for_its_trigger(string type)
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (_, _, last) = await kite.PricesAsync();
        var trigger = last + 0.5m;
        var id = await kite.PlaceAsync(
            "regular",
            ("order_type", type),
            ("trigger_price", trigger),
            ("price", type == "SL" ? last + 60 : 0)
        );
        Assert.Equal("TRIGGER PENDING", (await kite.LastAsync(id)).GetProperty("status").GetString());
        for (var step = 0; step < 3000 && (await kite.PricesAsync()).Last < trigger; step++)
        {
            Assert.Equal("TRIGGER PENDING", (await kite.LastAsync(id)).GetProperty("status").GetString());
            await mock.StepAsync();
        }

        Assert.Equal("COMPLETE", (await kite.LastAsync(id)).GetProperty("status").GetString());
        Assert.Equal(["TRIGGER PENDING", "OPEN", "COMPLETE"], (await kite.StatusesAsync(id))[^3..]);
    }

    [Fact]
    public async Task A_modification_goes_through_its_states_and_may_trade_and_there_are_25()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (bid, offer, _) = await kite.PricesAsync();
        var id = await kite.PlaceAsync("regular", ("order_type", "LIMIT"), ("price", bid - 20));
        for (var i = 0; i < 24; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await kite.SendAsync(HttpMethod.Put, $"orders/regular/{id}", ("price", bid - 10 - i))).Status);
        }

        Assert.Equal(["MODIFY VALIDATION PENDING", "MODIFY PENDING", "MODIFIED", "OPEN"], (await kite.StatusesAsync(id))[^4..]);
        var spare = await kite.PlaceAsync("regular", ("order_type", "LIMIT"), ("price", bid - 20));
        for (var i = 0; i < 25; i++)
        {
            await kite.SendAsync(HttpMethod.Put, $"orders/regular/{spare}", ("price", bid - 10 - i));
        }

        var (status, refused) = await kite.SendAsync(HttpMethod.Put, $"orders/regular/{spare}", ("price", bid));
        Assert.Equal((HttpStatusCode.BadRequest, "OrderException"), (status, refused.GetProperty("error_type").GetString()));
        Assert.Equal("Maximum allowed order modifications exceeded.", refused.GetProperty("message").GetString());
        await kite.SendAsync(HttpMethod.Put, $"orders/regular/{id}", ("price", offer), ("quantity", 12));
        var last = await kite.LastAsync(id);
        Assert.Equal(
            ("COMPLETE", 12, true),
            (last.GetProperty("status").GetString(), Whole(last, "filled_quantity"), last.GetProperty("modified").GetBoolean())
        );
    }

    [Fact]
    public async Task A_cancelled_order_keeps_its_pending_quantity_and_ends_once()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (bid, _, _) = await kite.PricesAsync();
        var id = await kite.PlaceAsync("regular", ("order_type", "LIMIT"), ("price", bid - 20));
        var (status, body) = await kite.SendAsync(HttpMethod.Delete, $"orders/regular/{id}");
        Assert.Equal((HttpStatusCode.OK, id), (status, body.GetProperty("data").GetProperty("order_id").GetString()));
        Assert.Equal(["CANCEL PENDING", "CANCELLED"], (await kite.StatusesAsync(id))[^2..]);
        var last = await kite.LastAsync(id);
        Assert.Equal((0, 10, 10), (Whole(last, "filled_quantity"), Whole(last, "pending_quantity"), Whole(last, "cancelled_quantity")));
        var again = await kite.SendAsync(HttpMethod.Delete, $"orders/regular/{id}");
        Assert.Equal((HttpStatusCode.BadRequest, "OrderException"), (again.Status, again.Body.GetProperty("error_type").GetString()));
    }

    private static decimal Number(JsonElement row, string name) => row.GetProperty(name).GetDecimal();

    private static int Whole(JsonElement row, string name) => row.GetProperty(name).GetInt32();
}
