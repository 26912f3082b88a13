using System.Text.Json;
using AITrader.Domain.Instruments;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Binance;

/// <summary>Reads the depth diffs and REST snapshots of a raw Binance capture (spot, USDT-M, COIN-M), one message a line, plain or gzip.
/// For one thread.</summary>
/// <remarks>
/// Trades and best-bid-and-ask updates are checked to be JSON and skipped. Spot symbols get the suffix -SPOT. Times are the capture's
/// receive stamps, as in ticks.
/// <code>
/// 1723161255030314667
/// {"stream":"btcusdt@depth@0ms","data":{"e":"depthUpdate","s":"BTCUSDT","U":5123107832006,"u":5123107837557,"pu":5123107831937,"b":[["58710.20","0.014"]],"a":[]}}
/// 1723161253937085768
/// {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","s":"BTCUSDT","U":50093239189,"u":50093239202,"b":[],"a":[["61839.85000000","0.00000000"]]}}
/// 1723161255319702566 {"lastUpdateId":5123107852948,"bids":[["61800.20","2.909"]],"asks":[["61800.30","1.1"]]}
/// </code>
/// Formats: Binance's documentation, "Diff. Depth Stream" and "Order Book".
/// </remarks>
public sealed class BinanceDepthReader : IDisposable
{
    private readonly LineReader _lines;
    private readonly DepthDecoder _decoder;
    private long _lastMicros;
    private bool _any;

    private BinanceDepthReader(LineReader lines, string file, SymbolTable symbols)
    {
        _lines = lines;
        _decoder = new DepthDecoder(lines, file, symbols);
        Symbols = symbols;
    }

    /// <summary>Symbols of the messages.</summary>
    public SymbolTable Symbols { get; }

    /// <summary>The message read last.</summary>
    public DepthMessage Message { get; } = new();

    /// <summary>What was skipped because of its symbol.</summary>
    public SkippedSymbols Skipped => _decoder.Skipped;

    /// <summary>Line read last, from 1.</summary>
    public long Line => _lines.Line;

    /// <summary>Opens a file for streaming.</summary>
    /// <exception cref="MarketDataException">The file is missing or unreadable.</exception>
    public static BinanceDepthReader Open(string path, SymbolTable? symbols = null) => Open(MarketDataFile.Open(path), path, symbols);

    /// <summary>Reads from a stream, which the reader then owns; <paramref name="name"/> is used in messages.</summary>
#pragma warning disable CA2000 // The reader that is returned owns the lines, and those the stream.
    public static BinanceDepthReader Open(Stream stream, string name, SymbolTable? symbols = null) =>
        new(new LineReader(MarketDataFile.Unpack(stream, name), name), name, symbols ?? new SymbolTable());
#pragma warning restore CA2000

    /// <summary>Reads the next diff or snapshot into <see cref="Message"/>.</summary>
    /// <returns><see langword="false"/> at the end.</returns>
    /// <exception cref="MarketDataException">The file is malformed, cannot be read, or holds no depth messages.</exception>
    public bool TryRead()
    {
        while (_lines.TryRead(out var line))
        {
            if (!line.IsEmpty && TryDecode(line))
            {
                _any = true;
                return true;
            }
        }

        return _any ? false : throw _decoder.Failure("file", "holds no depth messages");
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private bool TryDecode(ReadOnlySpan<byte> line)
    {
        if (CaptureLine.Split(line, out var micros, out var json) is { } problem)
        {
            throw _decoder.Failure(problem.Field, problem.Text);
        }

        if (micros < _lastMicros)
        {
            throw _decoder.Failure("time", TickReader.DescribeGoingBack(_lastMicros, micros));
        }

        _lastMicros = micros;
        Message.TimeMicros = micros;
        try
        {
            return _decoder.TryDecode(json, Message);
        }
        catch (JsonException failure)
        {
            throw _decoder.Failure("json", $"malformed at byte {(failure.BytePositionInLine ?? 0) + 1} of the message", failure);
        }
    }
}
