using System.Text.Json.Serialization;

namespace AITrader.Venues.Kite.Orders;

/// <summary>JSON of orders. Kite's recorded answers have some numbers as text.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString
)]
[JsonSerializable(typeof(IReadOnlyList<KiteOrder>))]
[JsonSerializable(typeof(IReadOnlyList<KiteTrade>))]
[JsonSerializable(typeof(KitePositions))]
[JsonSerializable(typeof(KiteFunds))]
[JsonSerializable(typeof(KiteOrderId))]
internal sealed partial class KiteOrderJson : JsonSerializerContext;
