using System.Globalization;
using System.Text.Json;
using AITrader.MockMcp.Broker;
using static AITrader.MockMcp.Orders.BrokerRefusalException;

namespace AITrader.MockMcp.Rest;

/// <summary>Reads triggers: two of their fields are JSON in text.</summary>
internal static class GttForm
{
    public static GttRequest Read(RequestFields fields)
    {
        var condition = RequestFields.Of(Json(fields, "condition"));
        return new GttRequest(
            fields.Required("type"),
            condition.Required("exchange"),
            condition.Required("tradingsymbol"),
            Numbers(Json(fields, "condition"), "trigger_values"),
            condition.Number("last_price") ?? throw Missing("last_price"),
            Orders(Json(fields, "orders"))
        );
    }

    private static JsonElement Json(RequestFields fields, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(fields.Required(name));
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw Invalid(name);
        }
    }

    private static decimal[] Numbers(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(item => Number(item, name))]
            : throw Missing(name);

    // The .NET client sends numbers as text.
    private static decimal Number(JsonElement item, string name) =>
        decimal.TryParse(item.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Invalid(name);

    private static GttOrder[] Orders(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().Select(Order)] : throw Invalid("orders");

    private static GttOrder Order(JsonElement json)
    {
        var fields = RequestFields.Of(json);
        return new GttOrder(
            fields.Required("transaction_type"),
            fields.Whole("quantity") ?? throw Missing("quantity"),
            fields.Required("order_type"),
            fields.Required("product"),
            fields.Number("price") ?? throw Missing("price")
        );
    }
}
