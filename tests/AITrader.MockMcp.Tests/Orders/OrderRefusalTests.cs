using System.Net;
using System.Text.Json;

namespace AITrader.MockMcp.Tests.Orders;

public sealed class OrderRefusalTests
{
    public static TheoryData<string, string, object, string> Malformed =>
        new()
        {
            { "regular", "exchange", "", "Missing or empty field `exchange`" },
            { "regular", "quantity", "", "Missing or empty field `quantity`" },
            { "regular", "quantity", 0, "Invalid `quantity`." },
            { "regular", "quantity", "1.5", "Invalid `quantity`." },
            { "regular", "transaction_type", "Buy", "Invalid `transaction_type`." },
            { "regular", "product", "BO", "Invalid `product`." },
            { "regular", "order_type", "STOP", "Invalid `order_type`." },
            { "regular", "order_type", "LIMIT", "Invalid `price`." },
            { "regular", "order_type", "SL-M", "Invalid `trigger_price`." },
            { "regular", "validity", "GTC", "Invalid `validity`." },
            { "regular", "validity", "TTL", "Invalid `validity_ttl`." },
            { "regular", "disclosed_quantity", 11, "Invalid `disclosed_quantity`." },
            { "regular", "market_protection", 101, "Invalid `market_protection`." },
            { "regular", "tag", "abcdefghijklmnopqrstu", "Invalid `tag`. It should be alphanumeric and have a maximum of 20 characters." },
            { "regular", "tag", "a-b", "Invalid `tag`. It should be alphanumeric and have a maximum of 20 characters." },
            { "regular", "tradingsymbol", "NOSUCH", "The instrument you are placing an order for has either expired or does not exist." },
            { "regular", "tradingsymbol", "NIFTY 50", "The instrument you are placing an order for has either expired or does not exist." },
            { "regular", "quantity", 100_001, "Order quantity is above the freeze quantity of 100000. Use autoslice." },
            { "co", "order_type", "MARKET", "Invalid `trigger_price`." },
            { "iceberg", "order_type", "LIMIT", "Invalid `price`." },
            { "auction", "order_type", "MARKET", "Invalid `auction_number`." },
        };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task What_cannot_be_an_order_is_refused_at_once_and_never_in_the_book(
        string variety,
        string field,
        object value,
        string message
    )
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (status, body) = await kite.OrderAsync(variety, (field, value));
        Assert.Equal(
            (HttpStatusCode.BadRequest, "InputException", message),
            (status, body.GetProperty("error_type").GetString(), body.GetProperty("message").GetString())
        );
        Assert.Empty((await kite.GetAsync("orders")).EnumerateArray());
    }

    [Fact]
    public async Task An_unknown_variety_is_a_method_that_is_not_allowed()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (status, body) = await kite.OrderAsync("bo");
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "Requested method not allowed"), (status, body.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Prices_are_whole_ticks()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var (status, body) = await kite.OrderAsync("regular", ("order_type", "LIMIT"), ("price", 1567.82m));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("Tick size for this script is 5.00 paise.", body.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_beyond_the_margin_has_an_id_and_is_rejected_in_the_words_of_the_rms()
    {
        await using var mock = await MockExchange.StartStillAsync(("Broker:Cash", "1000"));
        var kite = await KiteCaller.SignInAsync(mock);
        var id = await kite.PlaceAsync("regular", ("product", "CNC"), ("order_type", "LIMIT"), ("price", 1500));
        var last = await kite.LastAsync(id);
        Assert.Equal(("REJECTED", 0), (last.GetProperty("status").GetString(), last.GetProperty("pending_quantity").GetInt32()));
        Assert.Equal(
            "Insufficient funds. Required margin is 15000.00 but available margin is 1000.00. Check the orderbook for open orders.",
            last.GetProperty("status_message").GetString()
        );
        Assert.Equal(
            "RMS:Margin Exceeds,Required:15000.00, Available:1000.00 for entity account-AB1234 across exchange across segment across product ",
            last.GetProperty("status_message_raw").GetString()
        );
        Assert.Equal(JsonValueKind.Null, last.GetProperty("exchange_order_id").ValueKind);
        Assert.Equal(JsonValueKind.Null, last.GetProperty("exchange_update_timestamp").ValueKind);
    }

    [Fact]
    public async Task A_price_beyond_the_circuit_is_rejected()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        var last = await kite.LastAsync(await kite.PlaceAsync("regular", ("order_type", "LIMIT"), ("price", 1000), ("quantity", 1)));
        Assert.Equal("REJECTED", last.GetProperty("status").GetString());
        Assert.StartsWith("RMS:Rule: Check circuit limit", last.GetProperty("status_message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shares_that_are_not_held_cannot_be_sold_for_delivery_and_those_held_only_once()
    {
        await using var mock = await MockExchange.StartStillAsync(("Broker:Holdings", "INFY:10@1500"));
        var kite = await KiteCaller.SignInAsync(mock);
        var (_, offer, _) = await kite.PricesAsync();
        async Task<string?> SellAsync(int quantity) =>
            (
                await kite.LastAsync(
                    await kite.PlaceAsync(
                        "regular",
                        ("product", "CNC"),
                        ("transaction_type", "SELL"),
                        ("quantity", quantity),
                        ("order_type", "LIMIT"),
                        ("price", offer + 20)
                    )
                )
            )
                .GetProperty("status")
                .GetString();
        Assert.Equal("REJECTED", await SellAsync(11));
        Assert.Equal("OPEN", await SellAsync(8));
        Assert.Equal("REJECTED", await SellAsync(3));
        Assert.Equal("OPEN", await SellAsync(2));
    }

    [Fact]
    public async Task Orders_that_wait_block_margin_and_those_that_close_a_position_need_none()
    {
        await using var mock = await MockExchange.StartStillAsync(("Broker:Cash", "3500"));
        var kite = await KiteCaller.SignInAsync(mock);
        var (bid, offer, _) = await kite.PricesAsync();
        // Ten shares at a fifth of about 1568 need some 3136.
        await kite.PlaceAsync("regular");
        var second = await kite.LastAsync(await kite.PlaceAsync("regular", ("order_type", "LIMIT"), ("price", bid - 5)));
        Assert.Equal("REJECTED", second.GetProperty("status").GetString());
        var exit = await kite.PlaceAsync("regular", ("transaction_type", "SELL"), ("order_type", "LIMIT"), ("price", offer + 30));
        Assert.Equal("OPEN", (await kite.LastAsync(exit)).GetProperty("status").GetString());
        var further = await kite.LastAsync(
            await kite.PlaceAsync("regular", ("transaction_type", "SELL"), ("order_type", "LIMIT"), ("price", offer + 30))
        );
        Assert.Equal("REJECTED", further.GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_unknown_order_cannot_be_read_changed_or_cancelled()
    {
        await using var mock = await MockExchange.StartStillAsync();
        var kite = await KiteCaller.SignInAsync(mock);
        foreach (
            var (method, path) in new[]
            {
                (HttpMethod.Get, "orders/1"),
                (HttpMethod.Put, "orders/regular/1"),
                (HttpMethod.Delete, "orders/regular/1"),
                (HttpMethod.Get, "orders/1/trades"),
            }
        )
        {
            var (status, body) = await kite.SendAsync(method, path);
            Assert.Equal((HttpStatusCode.BadRequest, "Couldn't find that `order_id`."), (status, body.GetProperty("message").GetString()));
        }
    }
}
