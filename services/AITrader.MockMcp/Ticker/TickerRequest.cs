using System.Text.Json;
using AITrader.Venues.Kite.Ticker;

namespace AITrader.MockMcp.Ticker;

/// <summary>A request of a ticker client: <c>{"a":"subscribe","v":[408065]}</c> or <c>{"a":"mode","v":["full",[408065]]}</c>.</summary>
internal sealed record TickerRequest(string Action, KiteMode? Mode, IReadOnlyList<uint> Tokens)
{
    public static TickerRequest? TryParse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var action = json.RootElement.GetProperty("a").GetString();
            var value = json.RootElement.GetProperty("v");
            return action switch
            {
                "subscribe" or "unsubscribe" => new TickerRequest(action, null, List(value)),
                "mode" when ModeOf(value[0].GetString()) is { } mode => new TickerRequest(action, mode, List(value[1])),
                _ => null,
            };
        }
        catch (Exception malformed)
            when (malformed
                    is JsonException
                        or InvalidOperationException
                        or KeyNotFoundException
                        or FormatException
                        or IndexOutOfRangeException
            )
        {
            return null;
        }
    }

    private static KiteMode? ModeOf(string? name) =>
        name switch
        {
            "ltp" => KiteMode.Ltp,
            "quote" => KiteMode.Quote,
            "full" => KiteMode.Full,
            _ => null,
        };

    private static uint[] List(JsonElement list) => [.. list.EnumerateArray().Select(static token => token.GetUInt32())];
}
