using System.Text.Json;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Binance;

/// <summary>What a capture line holds.</summary>
internal enum CaptureKind
{
    /// <summary>Depth diff or snapshot: books are built elsewhere.</summary>
    Skipped,

    /// <summary>A trade.</summary>
    Trade,

    /// <summary>Best bid and ask.</summary>
    BookTicker,
}

/// <summary>The fields of a capture line that ticks are made of, as slices of the line: nothing is copied.</summary>
internal ref struct CaptureMessage
{
    private bool _hasEventName;
    private bool _hasMatch;

    internal CaptureKind Kind { get; private set; }

    /// <summary>Why it cannot be used; null where it can.</summary>
    internal (string Field, string Text)? Problem { get; private set; }

    internal ReadOnlySpan<byte> Symbol { get; private set; }

    internal ReadOnlySpan<byte> Price { get; private set; }

    internal ReadOnlySpan<byte> Size { get; private set; }

    internal ReadOnlySpan<byte> Bid { get; private set; }

    internal ReadOnlySpan<byte> BidSize { get; private set; }

    internal ReadOnlySpan<byte> Ask { get; private set; }

    internal ReadOnlySpan<byte> AskSize { get; private set; }

    /// <summary>Spot messages differ by shape only: their trades carry M, their bookTickers no event name.</summary>
    internal bool IsSpot { get; private set; }

    internal ReadOnlySpan<byte> Execution { get; private set; }

    /// <summary>A trade's id (<c>t</c>).</summary>
    internal ReadOnlySpan<byte> TradeId { get; private set; }

    /// <summary>A quote's update id (<c>u</c>).</summary>
    internal ReadOnlySpan<byte> UpdateId { get; private set; }

    /// <summary>When it happened, milliseconds (<c>T</c>); spot's quotes do not say.</summary>
    internal ReadOnlySpan<byte> Time { get; private set; }

    /// <summary>Reads the whole message, so that a damaged line is found even where its fields would do.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    internal static CaptureMessage Decode(ReadOnlySpan<byte> json)
    {
        var message = default(CaptureMessage);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            message.Problem = ("json", "is not an object");
            return message;
        }

        var stream = default(ReadOnlySpan<byte>);
        var snapshot = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("stream"u8))
            {
                reader.Read();
                stream = Scalar(ref reader);
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                message.ReadData(ref reader);
            }
            else
            {
                snapshot |= reader.ValueTextEquals("lastUpdateId"u8);
                reader.Skip();
            }
        }

        reader.Read(); // throws where anything follows the object
        message.Problem = message.Classify(stream, snapshot);
        return message;
    }

    private (string Field, string Text)? Classify(ReadOnlySpan<byte> stream, bool snapshot)
    {
        if (stream.IsEmpty)
        {
            Kind = CaptureKind.Skipped;
            return snapshot ? null : ("stream", "is missing");
        }

        var channel = stream[(stream.IndexOf((byte)'@') + 1)..];
        if (channel.StartsWith("depth"u8))
        {
            Kind = CaptureKind.Skipped;
            return null;
        }

        Kind = channel.SequenceEqual("trade"u8) ? CaptureKind.Trade : CaptureKind.BookTicker;
        IsSpot = Kind == CaptureKind.Trade ? _hasMatch : !_hasEventName;
        return Kind == CaptureKind.Trade || channel.SequenceEqual("bookTicker"u8)
            ? null
            : ("stream", $"'{OutsideText.Show(channel)}' is not one of trade, bookTicker, depth");
    }

    private void ReadData(scoped ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        _hasEventName = _hasMatch = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.HasValueSequence || reader.ValueSpan.Length != 1 ? (byte)0 : reader.ValueSpan[0];
            reader.Read();
            Assign(name, Scalar(ref reader));
        }
    }

    private void Assign(byte name, ReadOnlySpan<byte> value)
    {
        switch ((char)name)
        {
            case 's':
                Symbol = value;
                break;
            case 'p':
                Price = value;
                break;
            case 'q':
                Size = value;
                break;
            case 'X':
                Execution = value;
                break;
            case 't':
                TradeId = value;
                break;
            case 'u':
                UpdateId = value;
                break;
            case 'T':
                Time = value;
                break;
            case 'e':
                _hasEventName = true;
                break;
            case 'M':
                _hasMatch = true;
                break;
            default:
                AssignTop(name, value);
                break;
        }
    }

    private void AssignTop(byte name, ReadOnlySpan<byte> value)
    {
        switch ((char)name)
        {
            case 'b':
                Bid = value;
                break;
            case 'B':
                BidSize = value;
                break;
            case 'a':
                Ask = value;
                break;
            case 'A':
                AskSize = value;
                break;
            default:
                break;
        }
    }

    /// <summary>The raw text of a string or number; arrays and objects are skipped and read as empty.</summary>
    internal static ReadOnlySpan<byte> Scalar(scoped ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            return reader.ValueSpan;
        }

        reader.Skip();
        return default;
    }
}
