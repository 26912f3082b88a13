using System.Globalization;
using System.IO.Compression;
using System.Text;
using AITrader.Contracts.Codecs;
using AITrader.Domain.Ticks;

namespace AITrader.Backend.Ticks;

/// <summary>Ticks as the CSV that a replay reads: a row with a price is a trade, one without is a quote.</summary>
internal static class TickCsv
{
    public const string MediaType = "text/csv";

    private const string Header = "symbol,time,price,size,bid,ask,bid_size,ask_size,flags,received\n";
    private const int FlushAt = 64 * 1024;

    /// <summary>Header and rows.</summary>
    public static string Write(IEnumerable<Tick> ticks)
    {
        var text = new StringBuilder(Header);
        foreach (var tick in ticks)
        {
            Append(text, tick);
        }

        return text.ToString();
    }

    /// <summary>Header and rows, compressed, as they come.</summary>
    public static async Task WriteAsync(IAsyncEnumerable<Tick> ticks, Stream target, CancellationToken ct)
    {
        await using var compressed = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true);
        var text = new StringBuilder(Header);
        await foreach (var tick in ticks.WithCancellation(ct))
        {
            Append(text, tick);
            if (text.Length >= FlushAt)
            {
                await compressed.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), ct);
                text.Clear();
            }
        }

        await compressed.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), ct);
    }

    // The price of a quote is its mid, which the reader works out again.
    private static void Append(StringBuilder text, Tick tick)
    {
        text.Append(CultureInfo.InvariantCulture, $"{tick.Symbol},{tick.Timestamp.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'},");
        if (tick.Kind == TickKind.Trade)
        {
            text.Append(CultureInfo.InvariantCulture, $"{tick.Price},{tick.Volume}");
        }
        else
        {
            text.Append(',');
        }

        text.Append(CultureInfo.InvariantCulture, $",{tick.Bid},{tick.Ask},{tick.BidSize},{tick.AskSize},");
        text.AppendJoin(' ', TickFlagCodec.Of(tick.Flags));
        text.Append(CultureInfo.InvariantCulture, $",{tick.ReceivedAt?.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}\n");
    }
}
