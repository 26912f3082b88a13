using System.Text.Json;

namespace AITrader.MockMcp.Tests;

/// <summary>Requests for triggers on INFY.</summary>
internal static class GttCalls
{
    public static async Task<int> SetAsync(KiteCaller kite, string type, decimal[] triggers, decimal? lastPrice = null)
    {
        var (_, body) = await kite.SendAsync(HttpMethod.Post, "gtt/triggers", await FieldsAsync(kite, type, triggers, lastPrice));
        Assert.True(body.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object, body.ToString());
        return data.GetProperty("trigger_id").GetInt32();
    }

    public static async Task<(string, object)[]> FieldsAsync(KiteCaller kite, string type, decimal[] triggers, decimal? lastPrice = null) =>
        [
            ("type", type),
            (
                "condition",
                JsonSerializer.Serialize(
                    new
                    {
                        exchange = "NSE",
                        tradingsymbol = "INFY",
                        trigger_values = triggers,
                        last_price = lastPrice ?? (await kite.PricesAsync()).Last,
                    }
                )
            ),
            (
                "orders",
                JsonSerializer.Serialize(
                    triggers.Select(static trigger => new
                    {
                        exchange = "NSE",
                        tradingsymbol = "INFY",
                        transaction_type = "SELL",
                        quantity = 1,
                        order_type = "LIMIT",
                        product = "MIS",
                        price = trigger,
                    })
                )
            ),
        ];
}
