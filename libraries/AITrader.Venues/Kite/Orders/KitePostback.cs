using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AITrader.Venues.Kite.Orders;

/// <summary>What Kite posts to an app of its orders. Postbacks may be missed, late, twice and out of order: they say when to look, and the
/// order book says what is.</summary>
/// <remarks>The checksum is of order id, order time and the app's secret alone: it proves that Kite once told of this order, and nothing of
/// the quantities beside it.</remarks>
public abstract record KitePostback
{
    private KitePostback() { }

    /// <summary>Kite's, of the app whose secret is known here.</summary>
    /// <param name="OrderId">Kite's number of the order.</param>
    /// <param name="Tag">The tag that it was placed with; empty where it has none.</param>
    public sealed record Genuine(string OrderId, string Tag) : KitePostback;

    /// <summary>Its checksum is missing, or made with another secret.</summary>
    public sealed record Forged : KitePostback;

    /// <summary>No JSON object with the number of an order.</summary>
    public sealed record Unreadable : KitePostback;

    /// <summary>Reads and checks the body of a postback.</summary>
    /// <param name="body">As it came.</param>
    /// <param name="apiSecret">The app's secret.</param>
    public static KitePostback Read(ReadOnlySpan<byte> body, string apiSecret)
    {
        try
        {
            return JsonSerializer.Deserialize(body, KitePostbackJson.Default.Posted) is not { OrderId.Length: > 0 } posted
                    ? new Unreadable()
                : IsKites(posted, apiSecret) ? new Genuine(posted.OrderId, posted.Tag ?? string.Empty)
                : new Forged();
        }
        catch (JsonException)
        {
            return new Unreadable();
        }
    }

    private static bool IsKites(Posted posted, string apiSecret)
    {
        var expected = SHA256.HashData(Encoding.UTF8.GetBytes(posted.OrderId + posted.OrderTimestamp + apiSecret));
        Span<byte> shown = stackalloc byte[SHA256.HashSizeInBytes];
        return posted.Checksum is { Length: SHA256.HashSizeInBytes * 2 } hex
            && Convert.FromHexString(hex, shown, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(expected, shown);
    }
}

/// <summary>What is read of a postback; the rest of it is in the order book.</summary>
internal sealed record Posted(string? OrderId, string? OrderTimestamp, string? Checksum, string? Tag);

/// <summary>JSON of postbacks.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Posted))]
internal sealed partial class KitePostbackJson : JsonSerializerContext;
