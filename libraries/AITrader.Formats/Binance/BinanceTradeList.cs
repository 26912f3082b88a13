using System.Buffers.Text;
using System.Text.Json;
using AITrader.Domain.Normalization;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Binance;

/// <summary>Decodes Binance's REST lists of trades. For one thread.</summary>
/// <remarks>
/// <code>
/// [{"id":28457,"price":"4.00000100","qty":"12.00000000","time":1499865549590,"isBuyerMaker":true}]
/// </code>
/// Formats: Binance's documentation, "Recent trades list" and "Old trade lookup", of spot, USDT-M and COIN-M.
/// </remarks>
/// <param name="name">What errors call the source.</param>
public sealed class BinanceTradeList(string name)
{
    private const long MicrosPerMilli = 1_000;

    /// <summary>Trades that made no sense and were left out of the list decoded last.</summary>
    public int Skipped { get; private set; }

    /// <summary>Decodes a REST list of old trades, oldest first. One that makes no sense costs only itself.</summary>
    /// <exception cref="MarketDataException">It is no list of trades.</exception>
    public IReadOnlyList<SourceTick> Decode(ReadOnlySpan<byte> json, int symbol, long receivedMicros)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw Failure("json", "is not a list of trades");
            }

            Skipped = 0;
            var trades = new List<SourceTick>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (Trade(ref reader, symbol, receivedMicros) is { } trade)
                {
                    trades.Add(trade);
                }
                else
                {
                    Skipped++;
                }
            }

            return trades;
        }
        catch (JsonException malformed)
        {
            throw Failure("json", $"malformed at byte {(malformed.BytePositionInLine ?? 0) + 1} of the message", malformed);
        }
    }

    /// <summary>A whole number that is not negative, and as milliseconds not above what microseconds can hold.</summary>
    internal static bool TryNumber(ReadOnlySpan<byte> text, out long number) =>
        Utf8Parser.TryParse(text, out number, out var used) && used == text.Length && number is >= 0 and <= long.MaxValue / MicrosPerMilli;

    private SourceTick? Trade(ref Utf8JsonReader reader, int symbol, long receivedMicros)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Failure("json", "is not a trade");
        }

        var id = default(ReadOnlySpan<byte>);
        var price = default(ReadOnlySpan<byte>);
        var size = default(ReadOnlySpan<byte>);
        var time = default(ReadOnlySpan<byte>);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            var isPrice = reader.ValueTextEquals("price"u8);
            var isSize = reader.ValueTextEquals("qty"u8);
            var isTime = reader.ValueTextEquals("time"u8);
            reader.Read();
            var value = CaptureMessage.Scalar(ref reader);
            id = isId ? value : id;
            price = isPrice ? value : price;
            size = isSize ? value : size;
            time = isTime ? value : time;
        }

        return Trade(id, price, size, time, symbol, receivedMicros);
    }

    // All of its fields were read by now, so that the list can be read on whatever is wrong with it.
    private static SourceTick? Trade(
        ReadOnlySpan<byte> id,
        ReadOnlySpan<byte> price,
        ReadOnlySpan<byte> size,
        ReadOnlySpan<byte> time,
        int symbol,
        long receivedMicros
    )
    {
        if (
            !TryNumber(id, out var number)
            || number == 0
            || !TryNumber(time, out var millis)
            || Price.TryParse(price, out var paid) != FixedPointProblem.None
            || Quantity.TryParse(size, out var quantity) != FixedPointProblem.None
        )
        {
            return null;
        }

        return new SourceTick
        {
            ReceivedMicros = receivedMicros,
            SourceMicros = millis * MicrosPerMilli,
            Sequence = number,
            IsFill = true,
            Tick = new PackedTick
            {
                TimeMicros = receivedMicros,
                Kind = TickKind.Trade,
                Symbol = symbol,
                Price = paid,
                Size = quantity,
            },
        };
    }

    private MarketDataException Failure(string field, string problem, Exception? cause = null) => new(name, 1, field, problem, cause);
}
