using System.Text.Json;
using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Binance;

/// <summary>Reads raw Binance WebSocket captures, one message a line: USDT-M, COIN-M and spot.</summary>
/// <remarks>
/// Trades and best-bid-and-ask updates become ticks; depth diffs and REST snapshots are checked to be JSON and skipped. The event time is
/// the
/// capture's receive stamp, truncated to microseconds: it is on every line and never goes back, while spot's bookTicker has no time of its
/// own.
/// Symbols outside of ASCII, as the venue has some, are skipped and counted in <see cref="TickReader.Skipped"/>.
/// Spot symbols get the suffix -SPOT, as one name trades on several of the venue's markets.
/// <code>
/// 1723161255088176367
/// {"stream":"btcusdt@trade","data":{"e":"trade","T":1723161256322,"s":"BTCUSDT","p":"61800.30","q":"0.006","X":"MARKET","m":false}}
/// 1723161255088169167
/// {"stream":"btcusdt@bookTicker","data":{"u":5123107839020,"s":"BTCUSDT","b":"61800.20","B":"2.507","a":"61800.30","A":"2.510"}}
/// 1723161255319702566 {"lastUpdateId":5123107852948,"bids":[["61800.20","2.909"]],"asks":[["61800.30","1.1"]]}
/// </code>
/// </remarks>
internal sealed class BinanceCaptureReader(LineReader lines, string file, SymbolTable symbols) : LineTickReader(lines, file, symbols)
{
    /// <inheritdoc/>
    public override string Source => "binance-capture";

    /// <summary>Digits, a space, an opening brace.</summary>
    internal static bool Recognises(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        return space > 0 && line[..space].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && line[(space + 1)..].StartsWith("{"u8);
    }

    private protected override bool TryParse(ReadOnlySpan<byte> line, out PackedTick tick)
    {
        if (CaptureLine.Split(line, out var micros, out var json) is { } problem)
        {
            throw Failure(problem.Field, problem.Text);
        }

        return TryParse(micros, Decode(json), out tick);
    }

    private bool TryParse(long micros, in CaptureMessage message, out PackedTick tick)
    {
        tick = default;
        if (message.Kind != CaptureKind.Skipped && SkippedSymbols.IsForeign(message.Symbol))
        {
            Skipped.Add(message.Symbol);
            return false;
        }

        switch (message.Kind)
        {
            case CaptureKind.Skipped:
                return false;
            case CaptureKind.Trade:
                // Liquidation and insurance-fund rows: no trade took place, price and quantity are 0.
                if (message.Execution.SequenceEqual("NA"u8))
                {
                    return false;
                }

                tick = new PackedTick
                {
                    TimeMicros = micros,
                    Kind = TickKind.Trade,
                    Symbol = Symbol(message),
                    Price = RequirePrice("p", message.Price),
                    Size = RequireQuantity("q", message.Size),
                };
                return true;
            default:
                tick = Quoted(micros, message);
                return true;
        }
    }

    private PackedTick Quoted(long micros, in CaptureMessage message)
    {
        var bid = RequirePrice("b", message.Bid);
        var ask = RequirePrice("a", message.Ask);
        if (ask < bid)
        {
            throw Failure("a", $"the ask {ask} is below the bid {bid}");
        }

        return new PackedTick
        {
            TimeMicros = micros,
            Kind = TickKind.Quote,
            Symbol = Symbol(message),
            Price = Price.Mid(bid, ask),
            Bid = bid,
            BidSize = RequireQuantity("B", message.BidSize),
            Ask = ask,
            AskSize = RequireQuantity("A", message.AskSize),
        };
    }

    private int Symbol(in CaptureMessage message)
    {
        if (!message.IsSpot)
        {
            return RequireSymbol("s", message.Symbol);
        }

        Span<byte> room = stackalloc byte[SymbolTable.MaxLength];
        return RequireSymbol("s", CaptureLine.SpotName(message.Symbol, room));
    }

    private CaptureMessage Decode(ReadOnlySpan<byte> json)
    {
        try
        {
            var message = CaptureMessage.Decode(json);
            return message.Problem is { } problem ? throw Failure(problem.Field, problem.Text) : message;
        }
        catch (JsonException failure)
        {
            throw new MarketDataException(
                File,
                Line,
                "json",
                $"malformed at byte {(failure.BytePositionInLine ?? 0) + 1} of the message",
                failure
            );
        }
    }
}
