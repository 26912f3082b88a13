using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Domain.Orders;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>The parts of an order that are stored as JSON objects.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(OrderConditions))]
[JsonSerializable(typeof(HeldOrder))]
[JsonSerializable(typeof(OrderChange))]
internal sealed partial class OrderJson : JsonSerializerContext
{
    public static string? Write(OrderConditions conditions) =>
        conditions.IsNone ? null : JsonSerializer.Serialize(conditions, Default.OrderConditions);

    public static string? Write(HeldOrder? held) => held is null ? null : JsonSerializer.Serialize(held, Default.HeldOrder);

    public static string? Write(OrderChange? change) => change is null ? null : JsonSerializer.Serialize(change, Default.OrderChange);

    public static OrderConditions Conditions(string? json) =>
        json is null ? Domain.Orders.OrderConditions.None : JsonSerializer.Deserialize(json, Default.OrderConditions)!;

    public static HeldOrder? Held(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Default.HeldOrder);

    public static OrderChange? Change(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Default.OrderChange);
}
