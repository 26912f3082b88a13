using System.Security.Cryptography;
using System.Text;

namespace AITrader.Venues.Kite.Rest;

/// <summary>The parts of the login flow: the user signs in at Kite, comes back with a request token, and the app turns it into a
/// session.</summary>
public static class KiteLogin
{
    /// <summary>Where the user signs in, on the host that <paramref name="origin"/> names.</summary>
    public static Uri Address(Uri origin, string apiKey) => new(origin, $"/connect/login?v=3&api_key={Uri.EscapeDataString(apiKey)}");

    /// <summary>Proof that the app knows its secret: hex SHA-256 of key, request token and secret.</summary>
    public static string Checksum(string apiKey, string requestToken, string apiSecret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(apiKey + requestToken + apiSecret)));

    /// <summary>The request token of the address that the user came back to, or null where the login failed.</summary>
    public static string? RequestToken(Uri redirected)
    {
        ArgumentNullException.ThrowIfNull(redirected);
        foreach (var pair in redirected.Query.TrimStart('?').Split('&'))
        {
            if (pair.StartsWith("request_token=", StringComparison.Ordinal))
            {
                return Uri.UnescapeDataString(pair["request_token=".Length..]);
            }
        }

        return null;
    }
}
