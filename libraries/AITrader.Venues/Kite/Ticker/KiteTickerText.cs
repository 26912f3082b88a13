using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace AITrader.Venues.Kite.Ticker;

/// <summary>A text message of the ticker: <c>{"type":"error","data":"…"}</c>.</summary>
/// <param name="Type">order, error or message.</param>
/// <param name="Data">What it says: the text, or the JSON of an order.</param>
public sealed record KiteTickerText(string Type, string Data)
{
    /// <summary>Kite refuses something, as tokens above the limit of a connection.</summary>
    public const string Error = "error";

    /// <summary>Reads one; false where it is none.</summary>
    public static bool TryRead(string json, [NotNullWhen(true)] out KiteTickerText? text)
    {
        text = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (
                root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("type", out var type)
                && type.ValueKind == JsonValueKind.String
                && root.TryGetProperty("data", out var data)
            )
            {
                text = new KiteTickerText(
                    type.GetString()!,
                    data.ValueKind == JsonValueKind.String ? data.GetString()! : data.GetRawText()
                );
            }
        }
        catch (JsonException)
        {
            // No message that Kite sends; the caller counts it.
        }

        return text is not null;
    }
}
