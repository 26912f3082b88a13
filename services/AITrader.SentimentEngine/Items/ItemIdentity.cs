using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AITrader.SentimentEngine.Items;

/// <summary>Says when two items are the same one.</summary>
internal static class ItemIdentity
{
    /// <summary>SHA-256 of headline, body, author and day of publication, in hexadecimal digits.</summary>
    /// <remarks>Not of the id: feeds give an article a new one at every fetch. With the day: "Markets at noon" comes every day. Not of the
    /// time: some stamp an article anew at every fetch.</remarks>
    public static string HashOf(string title, string body, string author, DateTimeOffset? published)
    {
        var day = published?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize<string?[]>([title, body, author, day])))
        );
    }
}
