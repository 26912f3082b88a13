using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AITrader.Venues.Kite.Orders;

/// <summary>What Kite posts to an app of its orders. Postbacks may be missed and may come late: they say when to look, and the order book
/// says
/// what is.</summary>
public static class KitePostback
{
    /// <summary>The order of a postback; null where it cannot be read, or is not Kite's: its checksum is of order id, order time and the
    /// app's secret.</summary>
    public static KiteOrder? TryRead(ReadOnlySpan<byte> body, string apiSecret)
    {
        try
        {
            return
                JsonSerializer.Deserialize(body, KitePostbackJson.Default.Posted) is { } posted
                && JsonSerializer.Deserialize(body, KitePostbackJson.Default.KiteOrder) is { } order
                && IsKites(posted.Checksum, order, apiSecret)
                ? order
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsKites(string? checksum, KiteOrder order, string apiSecret)
    {
        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(order.OrderId + order.OrderTimestamp + apiSecret)));
        return checksum is not null
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(checksum));
    }
}

/// <summary>What a postback has beside the order.</summary>
internal sealed record Posted(string? Checksum);

/// <summary>JSON of postbacks.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString
)]
[JsonSerializable(typeof(Posted))]
[JsonSerializable(typeof(KiteOrder))]
internal sealed partial class KitePostbackJson : JsonSerializerContext;
