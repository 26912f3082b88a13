using System.Text.Json;

namespace AITrader.MockMcp.Tests.Orders;

public sealed class VarietyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_iceberg_shows_one_leg_after_the_other()
    {
        await using var mock = await MockExchange.StartStillAsync(("Broker:Cash", "100000000"));
        var kite = await KiteCaller.SignInAsync(mock);
        var (bid, offer, _) = await kite.PricesAsync();
        var id = await kite.PlaceAsync(
            "iceberg",
            ("order_type", "LIMIT"),
            ("price", bid - 5),
            ("quantity", 25),
            ("iceberg_legs", 3),
            ("iceberg_quantity", 9)
        );
        var leg = (await kite.LastAsync(id)).GetProperty("meta").GetProperty("iceberg");
        Assert.Equal((1, 3, 9, 25, 16), Numbers(leg));
        Assert.Single((await kite.GetAsync("orders")).EnumerateArray());
        await kite.SendAsync(HttpMethod.Put, $"orders/iceberg/{id}", ("price", offer + 5));
        var legs = (await kite.GetAsync("orders")).EnumerateArray().ToList();
        Assert.Equal([9, 9, 7], legs.Select(static order => order.GetProperty("quantity").GetInt32()));
        Assert.All(legs, static order => Assert.Equal("COMPLETE", order.GetProperty("status").GetString()));
        Assert.Equal((3, 3, 9, 25, 0), Numbers(legs[2].GetProperty("meta").GetProperty("iceberg")));
    }

    [Fact]
    public async Task A_cover_order_has_a_second_leg_that_is_ended_at_the_market()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (bid, _, _) = await kite.PricesAsync();
        var id = await kite.PlaceAsync("co", ("trigger_price", bid - 20));
        var stop = (await kite.GetAsync("orders")).EnumerateArray().Last();
        Assert.Equal(
            (id, "TRIGGER PENDING", "SELL"),
            (Text(stop, "parent_order_id"), Text(stop, "status"), Text(stop, "transaction_type"))
        );
        var exit = Text(stop, "order_id");
        await kite.SendAsync(HttpMethod.Put, $"orders/co/{exit}", ("trigger_price", bid - 10));
        Assert.Equal(bid - 10, (await kite.LastAsync(exit)).GetProperty("trigger_price").GetDecimal());
        await kite.SendAsync(HttpMethod.Delete, $"orders/co/{exit}?parent_order_id={id}");
        Assert.Equal("COMPLETE", Text(await kite.LastAsync(exit), "status"));
        Assert.Equal(0, (await kite.GetAsync("portfolio/positions")).GetProperty("net")[0].GetProperty("quantity").GetInt32());
    }

    [Fact]
    public async Task An_after_market_order_waits_for_the_opening()
    {
        await using var mock = await MockExchange.StartStillAsync(("Broker:MarketHours", "true"));
        await mock.OrderAsync($"clock?now={Uri.EscapeDataString("2026-12-01T18:00:00+05:30")}", Ct);
        var kite = await KiteCaller.SignInAsync(mock);
        Assert.Equal("OrderException", Text((await kite.OrderAsync("regular")).Body, "error_type"));
        var id = await kite.PlaceAsync("amo");
        await mock.StepAsync();
        Assert.Equal(["AMO REQ RECEIVED"], await kite.StatusesAsync(id));
        await mock.OrderAsync($"clock?now={Uri.EscapeDataString("2026-12-02T09:14:50+05:30")}", Ct);
        kite = await KiteCaller.SignInAsync(mock);
        Assert.Equal("AMO REQ RECEIVED", Text(await kite.LastAsync(id), "status"));
        await mock.OrderAsync($"clock?now={Uri.EscapeDataString("2026-12-02T09:15:00+05:30")}", Ct);
        Assert.Equal("COMPLETE", Text(await kite.LastAsync(id), "status"));
    }

    [Fact]
    public async Task Under_market_hours_intraday_positions_are_ended_and_orders_expire()
    {
        await using var mock = await MockExchange.StartStillAsync(("Broker:MarketHours", "true"));
        await mock.OrderAsync($"clock?now={Uri.EscapeDataString("2026-12-01T10:00:00+05:30")}", Ct);
        var kite = await KiteCaller.SignInAsync(mock);
        var (bid, _, _) = await kite.PricesAsync();
        await kite.PlaceAsync("regular");
        var waiting = await kite.PlaceAsync("regular", ("order_type", "LIMIT"), ("price", bid - 50), ("product", "CNC"), ("quantity", 1));
        await mock.OrderAsync($"clock?now={Uri.EscapeDataString("2026-12-01T15:20:01+05:30")}", Ct);
        Assert.Equal(0, (await kite.GetAsync("portfolio/positions")).GetProperty("net")[0].GetProperty("quantity").GetInt32());
        Assert.Equal("OPEN", Text(await kite.LastAsync(waiting), "status"));
        await mock.OrderAsync($"clock?now={Uri.EscapeDataString("2026-12-01T15:30:00+05:30")}", Ct);
        Assert.Equal("CANCELLED", Text(await kite.LastAsync(waiting), "status"));
    }

    [Fact]
    public async Task Autoslice_makes_orders_below_the_freeze_quantity()
    {
        await using var mock = await MockExchange.StartStillAsync(("Broker:Cash", "1000000000"));
        var kite = await KiteCaller.SignInAsync(mock);
        var (bid, _, _) = await kite.PricesAsync();
        var (_, body) = await kite.OrderAsync(
            "regular",
            ("quantity", 250_000),
            ("autoslice", "true"),
            ("order_type", "LIMIT"),
            ("price", bid - 20)
        );
        var data = body.GetProperty("data");
        Assert.Equal(2, data.GetProperty("children").GetArrayLength());
        var orders = (await kite.GetAsync("orders")).EnumerateArray().ToList();
        Assert.Equal([100_000, 100_000, 50_000], orders.Select(static order => order.GetProperty("quantity").GetInt32()));
        Assert.Equal(Text(data, "order_id"), Text(orders[1], "parent_order_id"));
    }

    [Fact]
    public async Task An_auction_order_is_rejected_where_no_auction_is_held()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var last = await kite.LastAsync(await kite.PlaceAsync("auction", ("auction_number", "22")));
        Assert.Equal(("REJECTED", "22"), (Text(last, "status"), Text(last, "auction_number")));
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static (int, int, int, int, int) Numbers(JsonElement leg) =>
        (Whole(leg, "leg"), Whole(leg, "legs"), Whole(leg, "leg_quantity"), Whole(leg, "total_quantity"), Whole(leg, "remaining_quantity"));

    private static int Whole(JsonElement row, string name) => row.GetProperty(name).GetInt32();
}
