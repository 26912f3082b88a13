using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AITrader.Contracts.Codecs;
using AITrader.Domain.Time;
using AITrader.OrderBooks;

namespace AITrader.MarketData.OrderBooks;

/// <summary>A book as the cache, the monitor and the gateway show it. Names and meaning: docs/formulas.md, section "Books".</summary>
internal static class BookJson
{
    private const int Expected = 2_048;

    /// <summary>The levels that were read, with what follows from them.</summary>
    public static string Write(PublishedBook published, string state)
    {
        var book = published.Top;
        var buffer = new ArrayBufferWriter<byte>(Expected);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("symbol", published.Symbol);
            json.WriteString("venue", published.Venue);
            json.WriteString("timestamp", WireTime.Format(EventTime.FromMicros(published.TimeMicros)));
            json.WriteNumber("update_id", published.UpdateId);
            json.WriteString("state", state);
            WriteLevels(json, "bids", book.Bids);
            WriteLevels(json, "asks", book.Asks);
            Write(json, "spread", book.Spread?.ToDecimal());
            Write(json, "mid", book.Mid?.ToDecimal());
            Write(json, "micro_price", book.MicroPrice);
            Write(json, "imbalance", book.Imbalance(int.MaxValue));

            // As text: JavaScript's numbers hold 53 bits.
            json.WriteString("checksum", book.Checksum().ToString("x16", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteLevels(Utf8JsonWriter json, string name, BookSide side)
    {
        json.WriteStartArray(name);
        foreach (var level in side)
        {
            json.WriteStartArray();
            json.WriteNumberValue(level.Price.ToDecimal());
            json.WriteNumberValue(level.Size.ToDecimal());
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
