using System.IO.Compression;
using System.Text;
using AITrader.Domain.Bars;
using AITrader.Domain.Instruments;
using AITrader.Domain.Ticks;
using AITrader.Formats.Reading;
using AITrader.OrderBooks;

namespace AITrader.Formats.Tests;

/// <summary>Reads whole contents, so that a test states bytes in and ticks or message out.</summary>
internal static class Reading
{
    internal static List<PackedTick> All(TickReader reader)
    {
        using (reader)
        {
            var ticks = new List<PackedTick>();
            while (reader.TryRead(out var tick))
            {
                ticks.Add(tick);
            }

            return ticks;
        }
    }

    internal static List<PackedTick> Text(string content, out SymbolTable symbols)
    {
        symbols = new SymbolTable();
        return All(TickFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(content)), "file", symbols));
    }

    internal static string Refusal(string content) => Refusal(Encoding.UTF8.GetBytes(content));

    internal static string Refusal(byte[] content) =>
        Assert.Throws<MarketDataException>(() => All(TickFile.Open(new MemoryStream(content), "file"))).Message;

    internal static List<Bar> All(BarReader reader)
    {
        using (reader)
        {
            var bars = new List<Bar>();
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

    internal static byte[] Change(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, "0123456789,.:\"{}[]-\n "u8[random.Next(21)]);
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(bytes.Count - at));
                    break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }
}
