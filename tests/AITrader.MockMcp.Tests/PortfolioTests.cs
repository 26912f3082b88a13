using System.Net;
using System.Text.Json;

namespace AITrader.MockMcp.Tests;

public sealed class PortfolioTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_round_trip_leaves_its_result_in_position_and_funds_to_the_paisa()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (bid, offer, _) = await kite.PricesAsync();
        await kite.PlaceAsync("regular");
        var open = (await kite.GetAsync("user/margins/equity")).GetProperty("net").GetDecimal();
        Assert.Equal(1_000_000 - (10 * offer / 5), open);
        await kite.PlaceAsync("regular", ("transaction_type", "SELL"));
        var row = (await kite.GetAsync("portfolio/positions")).GetProperty("net")[0];
        Assert.Equal((0, 10 * (bid - offer)), (row.GetProperty("quantity").GetInt32(), row.GetProperty("pnl").GetDecimal()));
        Assert.Equal(1_000_000 + (10 * (bid - offer)), (await kite.GetAsync("user/margins/equity")).GetProperty("net").GetDecimal());
    }

    [Fact]
    public async Task Delivered_shares_are_a_position_today_and_a_holding_tomorrow()
    {
        await using var mock = await MockExchange.StartStillAsync();
        await ClockAsync(mock, "2026-12-01T10:00:00+05:30");
        var kite = await KiteCaller.SignInAsync(mock);
        var (_, offer, _) = await kite.PricesAsync();
        await kite.PlaceAsync("regular", ("product", "CNC"));
        Assert.Empty((await kite.GetAsync("portfolio/holdings")).EnumerateArray());
        Assert.Equal(1_000_000 - (10 * offer), (await kite.GetAsync("user/margins/equity")).GetProperty("net").GetDecimal());
        await ClockAsync(mock, "2026-12-02T10:00:00+05:30");
        kite = await KiteCaller.SignInAsync(mock);
        Assert.Empty((await kite.GetAsync("portfolio/positions")).GetProperty("net").EnumerateArray());
        Assert.Empty((await kite.GetAsync("orders")).EnumerateArray());
        var holding = Assert.Single((await kite.GetAsync("portfolio/holdings")).EnumerateArray());
        Assert.Equal((10, 10, 0), (Whole(holding, "quantity"), Whole(holding, "t1_quantity"), Whole(holding, "realised_quantity")));
        Assert.Equal(offer, holding.GetProperty("average_price").GetDecimal());
        // 10 shares cost their price, STT 0.1 %, stamp duty 0.015 %, exchange and SEBI with GST on both.
        var value = 10 * offer;
        var charges = (value * 0.00115m) + (value * 0.0000317m * 1.18m);
        Assert.Equal(1_000_000 - value - charges, (await kite.GetAsync("user/margins/equity")).GetProperty("net").GetDecimal());
        await kite.PlaceAsync("regular", ("product", "CNC"), ("transaction_type", "SELL"), ("quantity", 4));
        Assert.Equal(4, Whole((await kite.GetAsync("portfolio/holdings"))[0], "used_quantity"));
        await ClockAsync(mock, "2026-12-03T10:00:00+05:30");
        kite = await KiteCaller.SignInAsync(mock);
        holding = Assert.Single((await kite.GetAsync("portfolio/holdings")).EnumerateArray());
        Assert.Equal((6, 0, 6), (Whole(holding, "quantity"), Whole(holding, "t1_quantity"), Whole(holding, "realised_quantity")));
    }

    [Fact]
    public async Task A_part_of_a_position_changes_its_product()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (_, offer, _) = await kite.PricesAsync();
        await kite.PlaceAsync("regular");
        (string, object)[] Change(int quantity) =>
            [
                ("exchange", "NSE"),
                ("tradingsymbol", "INFY"),
                ("transaction_type", "BUY"),
                ("position_type", "day"),
                ("quantity", quantity),
                ("old_product", "MIS"),
                ("new_product", "CNC"),
            ];
        Assert.Equal(HttpStatusCode.BadRequest, (await kite.SendAsync(HttpMethod.Put, "portfolio/positions", Change(11))).Status);
        var (status, body) = await kite.SendAsync(HttpMethod.Put, "portfolio/positions", Change(4));
        Assert.Equal((HttpStatusCode.OK, true), (status, body.GetProperty("data").GetBoolean()));
        var rows = (await kite.GetAsync("portfolio/positions"))
            .GetProperty("net")
            .EnumerateArray()
            .ToDictionary(static row => row.GetProperty("product").GetString()!, static row => Whole(row, "quantity"));
        Assert.Equal((6, 4), (rows["MIS"], rows["CNC"]));
        Assert.Equal(
            1_000_000 - (6 * offer / 5) - (4 * offer),
            (await kite.GetAsync("user/margins/equity")).GetProperty("net").GetDecimal()
        );
    }

    private static Task ClockAsync(MockExchange mock, string now) => mock.OrderAsync($"clock?now={Uri.EscapeDataString(now)}", Ct);

    private static int Whole(JsonElement row, string name) => row.GetProperty(name).GetInt32();
}
