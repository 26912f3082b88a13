using System.Globalization;
using System.Text.Json;
using AITrader.Domain.Instruments;
using AITrader.Formats.Reading;
using AITrader.OrderBooks;

namespace AITrader.Formats.Binance;

/// <summary>Decodes and checks the JSON of a capture line; a level in an error is named by its place, such as <c>b[2]</c>.</summary>
internal sealed partial class DepthDecoder(LineReader? lines, string file, SymbolTable symbols)
{
    /// <summary>What was skipped because of its symbol.</summary>
    internal SkippedSymbols Skipped { get; } = new();

    /// <summary>Fills the message.</summary>
    /// <returns><see langword="false"/> where the line is a trade or a best bid and ask, or of a symbol that is skipped.</returns>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    internal bool TryDecode(ReadOnlySpan<byte> json, DepthMessage message)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Failure("json", "is not an object");
        }

        var fields = reader;
        var isSnapshot = ReadOuter(ref reader, out var stream, out var data);
        if (!stream.IsEmpty)
        {
            return IsDepth(stream) && ReadDiff(data, message);
        }

        return isSnapshot ? ReadSnapshot(fields, message) : throw Failure("stream", "is missing");
    }

    private static bool ReadOuter(scoped ref Utf8JsonReader reader, out ReadOnlySpan<byte> stream, out Utf8JsonReader data)
    {
        stream = default;
        data = default;
        var isSnapshot = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("stream"u8))
            {
                reader.Read();
                stream = CaptureMessage.Scalar(ref reader);
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                data = reader;
                reader.Skip();
            }
            else
            {
                isSnapshot |= reader.ValueTextEquals("lastUpdateId"u8);
                reader.Skip();
            }
        }

        reader.Read(); // throws where anything follows the object
        return isSnapshot;
    }

    internal MarketDataException Failure(string field, string problem, Exception? cause = null) =>
        new(file, Math.Max(lines?.Line ?? 1, 1), field, problem, cause);

    private bool IsDepth(ReadOnlySpan<byte> stream)
    {
        var channel = stream[(stream.IndexOf((byte)'@') + 1)..];
        if (channel.SequenceEqual("trade"u8) || channel.SequenceEqual("bookTicker"u8))
        {
            return false;
        }

        if (channel.SequenceEqual("depth"u8) || channel.StartsWith("depth@"u8))
        {
            return true;
        }

        throw Failure(
            "stream",
            channel.StartsWith("depth"u8)
                ? $"'{OutsideText.Show(channel)}' is a partial book, not a stream of diffs"
                : $"'{OutsideText.Show(channel)}' is not one of trade, bookTicker, depth"
        );
    }

    private bool ReadDiff(Utf8JsonReader reader, DepthMessage message)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Failure("data", "is not an object");
        }

        var fields = default(Fields);
        message.Kind = DepthKind.Diff;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadDiffField(ref reader, ref fields, message);
        }

        message.Ids = new UpdateIds(Require("U", fields.First), Require("u", fields.Last), fields.Previous);
        Require(message.Ids);
        Require("b", fields.HasBids);
        Require("a", fields.HasAsks);
        return !IsSkipped(fields.Symbol) && Name(fields.Symbol, message);
    }

    private void ReadDiffField(scoped ref Utf8JsonReader reader, scoped ref Fields fields, DepthMessage message)
    {
        if (reader.ValueTextEquals("s"u8))
        {
            reader.Read();
            fields.Symbol = CaptureMessage.Scalar(ref reader);
        }
        else if (reader.ValueTextEquals("U"u8))
        {
            fields.First = ReadId(ref reader, "U");
        }
        else if (reader.ValueTextEquals("u"u8))
        {
            fields.Last = ReadId(ref reader, "u");
        }
        else if (reader.ValueTextEquals("pu"u8))
        {
            fields.Previous = ReadId(ref reader, "pu");
        }
        else if (reader.ValueTextEquals("b"u8))
        {
            fields.HasBids = ReadLevels(ref reader, "b", message.BidLevels);
        }
        else if (reader.ValueTextEquals("a"u8))
        {
            fields.HasAsks = ReadLevels(ref reader, "a", message.AskLevels);
        }
        else
        {
            reader.Skip();
        }
    }

    private bool ReadSnapshot(Utf8JsonReader reader, DepthMessage message)
    {
        var fields = default(Fields);
        message.Kind = DepthKind.Snapshot;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadSnapshotField(ref reader, ref fields, message);
        }

        var last = Require("lastUpdateId", fields.Last);
        message.Ids = new UpdateIds(last, last);
        Require("bids", fields.HasBids);
        Require("asks", fields.HasAsks);
        RequireBestFirst("bids", message.Bids, -1);
        RequireBestFirst("asks", message.Asks, 1);
        if (IsSkipped(fields.Symbol))
        {
            return false;
        }

        message.Symbol = fields.Symbol.IsEmpty ? -1 : Intern("symbol", fields.Symbol);
        return true;
    }

    private void ReadSnapshotField(scoped ref Utf8JsonReader reader, scoped ref Fields fields, DepthMessage message)
    {
        if (reader.ValueTextEquals("lastUpdateId"u8))
        {
            fields.Last = ReadId(ref reader, "lastUpdateId");
        }
        else if (reader.ValueTextEquals("symbol"u8))
        {
            reader.Read();
            fields.Symbol = CaptureMessage.Scalar(ref reader);
        }
        else if (reader.ValueTextEquals("bids"u8))
        {
            fields.HasBids = ReadLevels(ref reader, "bids", message.BidLevels);
        }
        else if (reader.ValueTextEquals("asks"u8))
        {
            fields.HasAsks = ReadLevels(ref reader, "asks", message.AskLevels);
        }
        else
        {
            reader.Skip();
        }
    }

    private bool IsSkipped(ReadOnlySpan<byte> name)
    {
        if (!SkippedSymbols.IsForeign(name))
        {
            return false;
        }

        Skipped.Add(name);
        return true;
    }

    private bool Name(ReadOnlySpan<byte> symbol, DepthMessage message)
    {
        // Only futures tie a diff to the one before it.
        Span<byte> room = stackalloc byte[SymbolTable.MaxLength];
        message.Symbol = Intern("s", message.Ids.Previous is null ? CaptureLine.SpotName(symbol, room) : symbol);
        return true;
    }

    private int Intern(string field, ReadOnlySpan<byte> name) =>
        symbols.TryIntern(name, out var symbol) ? symbol : throw Failure(field, TickReader.DescribeSymbol(name));

    private long ReadId(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var id) && id >= 0)
        {
            return id;
        }

        throw Failure(field, $"'{OutsideText.Show(CaptureMessage.Scalar(ref reader))}' is not an update id");
    }

    private long Require(string field, long? id) => id ?? throw Failure(field, "is missing");

    private void Require(UpdateIds ids)
    {
        if (ids.Last < ids.First)
        {
            throw Failure("u", string.Create(CultureInfo.InvariantCulture, $"{ids.Last} is below U {ids.First}"));
        }
    }

    private void Require(string field, bool present)
    {
        if (!present)
        {
            throw Failure(field, "is missing");
        }
    }

    private ref struct Fields
    {
        public ReadOnlySpan<byte> Symbol;
        public long? First;
        public long? Last;
        public long? Previous;
        public bool HasBids;
        public bool HasAsks;
    }
}
