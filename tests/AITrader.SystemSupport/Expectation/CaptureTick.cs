using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace AITrader.SystemSupport.Expectation;

/// <summary>One tick of a Binance capture, read without the product's code.</summary>
public sealed record CaptureTick
{
    /// <summary>1, 2, 3 … in the order of the file.</summary>
    public required long Seq { get; init; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Receive stamp, microseconds since 1970.</summary>
    public required long Micros { get; init; }

    /// <summary>Whether it is a trade; otherwise a change of the best bid or ask.</summary>
    public required bool IsTrade { get; init; }

    /// <summary>Trade price; null for a quote.</summary>
    public decimal? Price { get; init; }

    /// <summary>Trade size; null for a quote.</summary>
    public decimal? Size { get; init; }

    /// <summary>Best bid and its size, best ask and its size; null for a trade.</summary>
    public (decimal Bid, decimal BidSize, decimal Ask, decimal AskSize)? Quote { get; init; }

    /// <summary>Reads a whole capture.</summary>
    public static List<CaptureTick> ReadAll(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var ticks = new List<CaptureTick>();
        while (reader.ReadLine() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            using var json = JsonDocument.Parse(line.AsMemory(space + 1));
            if (
                json.RootElement.TryGetProperty("stream", out var stream)
                && Read(
                    stream.GetString()!,
                    json.RootElement.GetProperty("data"),
                    ticks.Count + 1,
                    long.Parse(line.AsSpan(0, space), CultureInfo.InvariantCulture) / 1000
                )
                    is { } tick
            )
            {
                ticks.Add(tick);
            }
        }

        return ticks;
    }

    private static CaptureTick? Read(string stream, JsonElement data, long seq, long micros)
    {
        if (stream.EndsWith("@trade", StringComparison.Ordinal))
        {
            return data.TryGetProperty("X", out var kind) && kind.GetString() == "NA"
                ? null
                : new CaptureTick
                {
                    Seq = seq,
                    Symbol = data.GetProperty("s").GetString() + (data.TryGetProperty("M", out _) ? "-SPOT" : string.Empty),
                    Micros = micros,
                    IsTrade = true,
                    Price = Number(data, "p"),
                    Size = Number(data, "q"),
                };
        }

        return !stream.EndsWith("@bookTicker", StringComparison.Ordinal)
            ? null
            : new CaptureTick
            {
                Seq = seq,
                Symbol = data.GetProperty("s").GetString() + (data.TryGetProperty("e", out _) ? string.Empty : "-SPOT"),
                Micros = micros,
                IsTrade = false,
                Quote = (Number(data, "b"), Number(data, "B"), Number(data, "a"), Number(data, "A")),
            };
    }

    private static decimal Number(JsonElement data, string name) =>
        decimal.Parse(data.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
