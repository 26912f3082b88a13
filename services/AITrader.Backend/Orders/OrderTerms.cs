using System.Text.Json;
using AITrader.Storage.Rows;

namespace AITrader.Backend.Orders;

/// <summary>Reads what a row has as JSON.</summary>
internal static class OrderTerms
{
    /// <summary>Conditions of an order as they are stored; null where it has none.</summary>
    public static JsonElement? ConditionsOf(OrderRow row)
    {
        if (row.Conditions is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(row.Conditions);
        return document.RootElement.Clone();
    }

    /// <summary>Price that sets an order off; null where none does.</summary>
    public static decimal? TriggerOf(OrderRow row) =>
        ConditionsOf(row) is { } conditions && conditions.TryGetProperty("trigger_price", out var trigger) ? trigger.GetDecimal() : null;
}
