using System.Globalization;
using System.Text.Json;
using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;
using AITrader.Formats.Reading;
using AITrader.OrderBooks;

namespace AITrader.Formats.Binance;

/// <summary>Decodes and checks the JSON of a capture line; a level in an error is named by its place, such as <c>b[2]</c>.</summary>
internal sealed class DepthDecoder(LineReader? lines, string file, SymbolTable symbols)
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
        var data = default(Utf8JsonReader);
        var stream = default(ReadOnlySpan<byte>);
        var snapshot = false;
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
                snapshot |= reader.ValueTextEquals("lastUpdateId"u8);
                reader.Skip();
            }
        }

        reader.Read(); // throws where anything follows the object
        if (!stream.IsEmpty)
        {
            return IsDepth(stream) && ReadDiff(data, message);
        }

        return snapshot ? ReadSnapshot(fields, message) : throw Failure("stream", "is missing");
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

        var symbol = default(ReadOnlySpan<byte>);
        var (first, last, previous) = (default(long?), default(long?), default(long?));
        var (bids, asks) = (false, false);
        message.Kind = DepthKind.Diff;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("s"u8))
            {
                reader.Read();
                symbol = CaptureMessage.Scalar(ref reader);
            }
            else if (reader.ValueTextEquals("U"u8))
            {
                first = ReadId(ref reader, "U");
            }
            else if (reader.ValueTextEquals("u"u8))
            {
                last = ReadId(ref reader, "u");
            }
            else if (reader.ValueTextEquals("pu"u8))
            {
                previous = ReadId(ref reader, "pu");
            }
            else if (reader.ValueTextEquals("b"u8))
            {
                bids = ReadLevels(ref reader, "b", message.BidLevels);
            }
            else if (reader.ValueTextEquals("a"u8))
            {
                asks = ReadLevels(ref reader, "a", message.AskLevels);
            }
            else
            {
                reader.Skip();
            }
        }

        message.Ids = new UpdateIds(Require("U", first), Require("u", last), previous);
        Require(message.Ids);
        Require("b", bids);
        Require("a", asks);
        return !IsSkipped(symbol) && Name(symbol, message);
    }

    private bool ReadSnapshot(Utf8JsonReader reader, DepthMessage message)
    {
        var id = default(long?);
        var name = default(ReadOnlySpan<byte>);
        var (bids, asks) = (false, false);
        message.Kind = DepthKind.Snapshot;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("lastUpdateId"u8))
            {
                id = ReadId(ref reader, "lastUpdateId");
            }
            else if (reader.ValueTextEquals("symbol"u8))
            {
                reader.Read();
                name = CaptureMessage.Scalar(ref reader);
            }
            else if (reader.ValueTextEquals("bids"u8))
            {
                bids = ReadLevels(ref reader, "bids", message.BidLevels);
            }
            else if (reader.ValueTextEquals("asks"u8))
            {
                asks = ReadLevels(ref reader, "asks", message.AskLevels);
            }
            else
            {
                reader.Skip();
            }
        }

        var last = Require("lastUpdateId", id);
        message.Ids = new UpdateIds(last, last);
        Require("bids", bids);
        Require("asks", asks);
        RequireBestFirst("bids", message.Bids, -1);
        RequireBestFirst("asks", message.Asks, 1);
        if (IsSkipped(name))
        {
            return false;
        }

        message.Symbol = name.IsEmpty ? -1 : Intern("symbol", name);
        return true;
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

    private bool ReadLevels(ref Utf8JsonReader reader, string field, List<BookLevel> levels)
    {
        reader.Read();
        levels.Clear();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Failure(field, "is not a list of levels");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            levels.Add(ReadLevel(ref reader, field, levels.Count));
        }

        return true;
    }

    private BookLevel ReadLevel(ref Utf8JsonReader reader, string field, int index)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Failure(At(field, index), "is not a level: [price, quantity]");
        }

        reader.Read();
        var text = CaptureMessage.Scalar(ref reader);
        var problem = Price.TryParse(text, out var price);
        if (problem != FixedPointProblem.None || price.Nanos == 0)
        {
            throw Failure(At(field, index), $"price {TickReader.Describe(problem, text, Price.Decimals, "above zero")}");
        }

        reader.Read();
        text = CaptureMessage.Scalar(ref reader);
        problem = Quantity.TryParse(text, out var size);
        if (problem != FixedPointProblem.None)
        {
            throw Failure(At(field, index), $"quantity {TickReader.Describe(problem, text, Quantity.Decimals, "zero or above")}");
        }

        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray
            ? new BookLevel(price, size)
            : throw Failure(At(field, index), "is not a level: [price, quantity]");
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

    private void RequireBestFirst(string field, ReadOnlySpan<BookLevel> levels, int order)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i].Size.Raw == 0)
            {
                throw Failure(At(field, i), "quantity '0' must be above zero in a snapshot");
            }

            if (i > 0 && levels[i].Price.CompareTo(levels[i - 1].Price) * order <= 0)
            {
                throw Failure(At(field, i), $"price {levels[i].Price} does not come after {levels[i - 1].Price}");
            }
        }
    }

    private static string At(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");
}
