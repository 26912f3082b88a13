using System.Text.Json;
using AITrader.Domain.Instruments;
using AITrader.Domain.Normalization;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Binance;

/// <summary>Decodes live messages of Binance's combined streams (<c>trade</c>, <c>bookTicker</c>, <c>depth</c>) and its REST answers, for
/// one market. For one thread.</summary>
/// <remarks>
/// Trades are numbered by <c>t</c>, without holes; quotes by <c>u</c>, increasing; times are the venue's milliseconds. Nothing is judged
/// here: a price of 0 stays 0.
/// <code>
/// {"stream":"btcusdt@trade","data":{"e":"trade","E":1723161256322,"T":1723161256322,"s":"BTCUSDT","t":5266583935,"p":"61800.30","q":"0.006","X":"MARKET","m":false}}
/// {"stream":"btcusdt@bookTicker","data":{"u":50093239212,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}}
/// </code>
/// Formats: Binance's documentation, "WebSocket Streams", "Order book" and "Old trade lookup", of spot, USDT-M and COIN-M.
/// </remarks>
public sealed class BinanceStreamDecoder
{
    private const long MicrosPerMilli = 1_000;
    private const int MaxRefusalLength = 200;

    private readonly SymbolTable _symbols;
    private readonly string _name;
    private readonly bool _isSpot;
    private readonly DepthDecoder _depth;

    /// <summary>A decoder of one market's messages.</summary>
    /// <param name="symbols">Gets the symbols of the messages; those of spot with the suffix -SPOT, as in captures.</param>
    /// <param name="isSpot">Whether the market is spot.</param>
    /// <param name="name">What errors call the source.</param>
    public BinanceStreamDecoder(SymbolTable symbols, bool isSpot, string name)
    {
        (_symbols, _isSpot, _name) = (symbols, isSpot, name);
        _depth = new DepthDecoder(null, name, symbols);
    }

    /// <summary>The trade or quote decoded last.</summary>
    public SourceTick Tick { get; private set; }

    /// <summary>The depth message decoded last; filled anew each time.</summary>
    public DepthMessage Depth { get; } = new();

    /// <summary>The symbol of the message that could not be carried; empty before the first.</summary>
    public string Foreign { get; private set; } = string.Empty;

    /// <summary>What the venue said of the subscription that it refused last; empty before the first.</summary>
    public string Refusal { get; private set; } = string.Empty;

    /// <summary>The symbol's name as ticks carry it.</summary>
    public static string NameOf(string symbol, bool isSpot) => isSpot ? $"{symbol}-SPOT" : symbol;

    /// <summary>Decodes a message of the stream.</summary>
    /// <exception cref="MarketDataException">It makes no sense; the message names the field.</exception>
    public BinanceMessageKind Decode(ReadOnlySpan<byte> json, long receivedMicros)
    {
        try
        {
            if (!json.StartsWith("{\"stream\":"u8) && Control(json) is { } control)
            {
                Refusal = control == BinanceMessageKind.Refusal ? OutsideText.Show(json, MaxRefusalLength) : Refusal;
                return control;
            }

            var message = CaptureMessage.Decode(json);
            if (message.Problem is { } problem)
            {
                throw Failure(problem.Field, problem.Text);
            }

            if (SkippedSymbols.IsForeign(message.Symbol))
            {
                Foreign = SkippedSymbols.NameOf(message.Symbol);
                return BinanceMessageKind.Foreign;
            }

            if (message.Kind == CaptureKind.Skipped)
            {
                Depth.TimeMicros = receivedMicros;
                _depth.TryDecode(json, Depth);
                return Depth.Kind == DepthKind.Diff ? BinanceMessageKind.Depth : throw Failure("stream", "is missing");
            }

            var isTrade = message.Kind == CaptureKind.Trade;
            Tick = isTrade ? Trade(message, receivedMicros) : Quote(message, receivedMicros);
            return isTrade ? BinanceMessageKind.Trade : BinanceMessageKind.Quote;
        }
        catch (JsonException malformed)
        {
            throw Malformed(malformed);
        }
    }

    /// <summary>Decodes a REST snapshot into <see cref="Depth"/>.</summary>
    /// <exception cref="MarketDataException">It makes no sense.</exception>
    public void DecodeSnapshot(ReadOnlySpan<byte> json)
    {
        try
        {
            if (!_depth.TryDecode(json, Depth) || Depth.Kind != DepthKind.Snapshot)
            {
                throw Failure("lastUpdateId", "is missing");
            }
        }
        catch (JsonException malformed)
        {
            throw Malformed(malformed);
        }
    }

    private static BinanceMessageKind? Control(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        BinanceMessageKind? kind = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("error"u8) || reader.ValueTextEquals("code"u8))
            {
                kind = BinanceMessageKind.Refusal;
            }
            else if (reader.ValueTextEquals("result"u8))
            {
                kind ??= BinanceMessageKind.Answer;
            }
            else if (reader.ValueTextEquals("e"u8))
            {
                reader.Read();
                kind =
                    reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("serverShutdown"u8)
                        ? BinanceMessageKind.Shutdown
                        : kind;
            }

            reader.Skip();
        }

        return kind;
    }

    private SourceTick Trade(in CaptureMessage message, long receivedMicros)
    {
        // Rows of liquidations and of the insurance fund have a number, but no trade took place.
        var isNone = message.Execution.SequenceEqual("NA"u8);
        return new SourceTick
        {
            ReceivedMicros = receivedMicros,
            SourceMicros = Millis("T", message.Time) * MicrosPerMilli,
            Sequence = Id("t", message.TradeId),
            Tick = new PackedTick
            {
                TimeMicros = receivedMicros,
                Kind = TickKind.Trade,
                Symbol = Symbol(message.Symbol),
                Price = isNone ? default : ParsePrice("p", message.Price),
                Size = isNone ? default : ParseQuantity("q", message.Size),
            },
        };
    }

    private SourceTick Quote(in CaptureMessage message, long receivedMicros)
    {
        var (bid, ask) = (ParsePrice("b", message.Bid), ParsePrice("a", message.Ask));
        return new SourceTick
        {
            ReceivedMicros = receivedMicros,
            SourceMicros = message.Time.IsEmpty ? 0 : Millis("T", message.Time) * MicrosPerMilli,
            Sequence = Id("u", message.UpdateId),
            Tick = new PackedTick
            {
                TimeMicros = receivedMicros,
                Kind = TickKind.Quote,
                Symbol = Symbol(message.Symbol),
                Price = Price.Mid(bid, ask),
                Bid = bid,
                BidSize = ParseQuantity("B", message.BidSize),
                Ask = ask,
                AskSize = ParseQuantity("A", message.AskSize),
            },
        };
    }

    private int Symbol(ReadOnlySpan<byte> name)
    {
        Span<byte> room = stackalloc byte[SymbolTable.MaxLength];
        var full = _isSpot ? CaptureLine.SpotName(name, room) : name;
        return _symbols.TryIntern(full, out var symbol) ? symbol : throw Failure("s", TickReader.DescribeSymbol(name));
    }

    private Price ParsePrice(string field, ReadOnlySpan<byte> text)
    {
        var problem = Price.TryParse(text, out var price);
        return problem == FixedPointProblem.None
            ? price
            : throw Failure(field, TickReader.Describe(problem, text, Price.Decimals, "zero or above"));
    }

    private Quantity ParseQuantity(string field, ReadOnlySpan<byte> text)
    {
        var problem = Quantity.TryParse(text, out var quantity);
        return problem == FixedPointProblem.None
            ? quantity
            : throw Failure(field, TickReader.Describe(problem, text, Quantity.Decimals, "zero or above"));
    }

    private long Id(string field, ReadOnlySpan<byte> text) =>
        Millis(field, text) is > 0 and var id ? id : throw Failure(field, "is not above zero");

    private long Millis(string field, ReadOnlySpan<byte> text) =>
        BinanceTradeList.TryNumber(text, out var number)
            ? number
            : throw Failure(field, text.IsEmpty ? "is missing" : $"'{OutsideText.Show(text)}' is not a whole number");

    private MarketDataException Failure(string field, string problem, Exception? cause = null) => new(_name, 1, field, problem, cause);

    private MarketDataException Malformed(JsonException malformed) =>
        Failure("json", $"malformed at byte {(malformed.BytePositionInLine ?? 0) + 1} of the message", malformed);
}
