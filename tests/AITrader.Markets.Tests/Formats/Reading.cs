using System.IO.Compression;
using System.Text;
using AITrader.Markets.Bars;
using AITrader.Markets.Books;
using AITrader.Markets.Formats;

namespace AITrader.Markets.Tests.Formats;

/// <summary>Reads whole contents, so that a test states bytes in and ticks or message out.</summary>
internal static class Reading
{
    internal static List<MarketTick> All(TickReader reader)
    {
        using (reader)
        {
            var ticks = new List<MarketTick>();
            while (reader.TryRead(out var tick))
            {
                ticks.Add(tick);
            }

            return ticks;
        }
    }

    internal static List<MarketTick> Text(string content, out SymbolTable symbols)
    {
        symbols = new SymbolTable();
        return All(TickFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(content)), "file", symbols));
    }

    internal static string Refusal(string content) => Refusal(Encoding.UTF8.GetBytes(content));

    internal static string Refusal(byte[] content) =>
        Assert.Throws<MarketDataException>(() => All(TickFile.Open(new MemoryStream(content), "file"))).Message;

    internal static List<TimedBar> All(BarReader reader)
    {
        using (reader)
        {
            var bars = new List<TimedBar>();
            while (reader.TryRead(out var bar))
            {
                bars.Add(bar);
            }

            return bars;
        }
    }

    internal static List<OrderEvent> All(OrderEventReader reader)
    {
        using (reader)
        {
            var events = new List<OrderEvent>();
            while (reader.TryRead(out var change))
            {
                events.Add(change);
            }

            return events;
        }
    }

    /// <summary>A zip of files by name and content.</summary>
    internal static byte[] Zip(params (string Name, string Content)[] files) =>
        Zip([.. files.Select(static file => (file.Name, Encoding.UTF8.GetBytes(file.Content)))]);

    /// <summary>A zip of files by name and content.</summary>
    internal static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }

    internal static byte[] Gzip(byte[] content)
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(content);
        }

        return packed.ToArray();
    }
}
