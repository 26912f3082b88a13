using System.Globalization;
using System.Text;
using AITrader.Domain.Instruments;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Formats;
using AITrader.Formats.Reading;
using AITrader.TestSupport;

namespace AITrader.Benchmarks;

/// <summary>Lines of market data to ticks, from memory: a Binance capture and the same ticks as CSV.</summary>
internal sealed class ReaderMeasure
{
    private const string Capture = "binance-l2/cm_ethusd_perp_20240808.gz";
    private const double Nanos = 1e9;

    /// <summary>Takes every result, so that no loop can be left out.</summary>
    public long Sink { get; private set; }

    public async Task RunAsync(Findings findings, CancellationToken ct)
    {
        var path = Path.Combine(SharedData.Folder, Capture);
        if (!File.Exists(path))
        {
            throw new MarketDataException(path, 0, "file", "does not exist");
        }

        var capture = Unpack(path);
        var (ticks, symbols) = Read(capture);
        var csv = Csv(ticks, symbols);
        if (!ticks.SequenceEqual(Read(csv).Ticks))
        {
            throw new InvalidOperationException("The CSV's ticks are not the capture's.");
        }

        await MeasureAsync(findings, "capture", capture, ticks.Count, ct);
        await MeasureAsync(findings, "csv", csv, ticks.Count, ct);
    }

    private static byte[] Unpack(string path)
    {
        using var file = new System.IO.Compression.GZipStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress);
        using var plain = new MemoryStream();
        file.CopyTo(plain);
        return plain.ToArray();
    }

    private static (List<PackedTick> Ticks, SymbolTable Symbols) Read(byte[] content)
    {
        using var reader = TickFile.Open(new MemoryStream(content), "memory");
        var ticks = new List<PackedTick>();
        while (reader.TryRead(out var tick))
        {
            ticks.Add(tick);
        }

        return (ticks, reader.Symbols);
    }

    private static byte[] Csv(List<PackedTick> ticks, SymbolTable symbols)
    {
        var text = new StringBuilder("symbol,time,price,size,bid,ask,bid_size,ask_size\n");
        foreach (var tick in ticks)
        {
            var isTrade = tick.Kind == TickKind.Trade;
            text.Append(symbols[tick.Symbol])
                .Append(',')
                .Append(EventTime.FromMicros(tick.TimeMicros).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture))
                .Append(',');
            text.Append(isTrade ? $"{tick.Price},{tick.Size}" : ",").Append(',');
            text.Append(isTrade ? ",,," : $"{tick.Bid},{tick.Ask},{tick.BidSize},{tick.AskSize}").Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private async Task MeasureAsync(Findings findings, string name, byte[] content, int ticks, CancellationToken ct)
    {
        var lines = content.Count(static c => c == '\n');
        var result = await PairedMeasurement.MeasureAsync(() => Count(content), () => Touch(content), ct);
        findings.Row($"{name} line -> tick ({lines / (double)ticks:N2} lines a tick)", result.Subject / lines * Nanos, "ns/line");
        findings.Row($"{name} read", content.Length / result.Subject / 1e6, "MB/s");
        findings.Row($"floor: {name}, bare memory loop", content.Length / result.Floor / 1e6, "MB/s");
        findings.Control($"{name} lines", result.Control);
    }

    private Task Count(byte[] content)
    {
        using var reader = TickFile.Open(new MemoryStream(content), "memory");
        while (reader.TryRead(out var tick))
        {
            Sink += tick.TimeMicros;
        }

        return Task.CompletedTask;
    }

    private Task Touch(byte[] content)
    {
        Sink += MemoryFloor.Sum(content);
        return Task.CompletedTask;
    }
}
