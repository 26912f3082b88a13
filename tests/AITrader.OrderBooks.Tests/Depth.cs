using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;
using AITrader.Formats.Binance;
using AITrader.TestSupport;

namespace AITrader.OrderBooks.Tests;

/// <summary>A message that outlives its reader's next read.</summary>
internal sealed record Depth(DepthKind Kind, UpdateIds Ids, BookLevel[] Bids, BookLevel[] Asks)
{
    internal static Depth Diff(UpdateIds ids, string bids, string asks) => new(DepthKind.Diff, ids, Levels(bids), Levels(asks));

    internal static Depth Snapshot(long id, string bids, string asks) =>
        new(DepthKind.Snapshot, new UpdateIds(id, id), Levels(bids), Levels(asks));

    /// <summary>Levels written as <c>price*quantity price*quantity</c>.</summary>
    internal static BookLevel[] Levels(string text) =>
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(static level =>
                    level.Split('*') switch
                    {
                        [var price, var size] => Level(price, size),
                        _ => throw new FormatException(level),
                    }
                ),
        ];

    internal static BookLevel Level(string price, string size)
    {
        Assert.Equal(FixedPointProblem.None, Price.TryParse(Encoding.ASCII.GetBytes(price), out var parsedPrice));
        Assert.Equal(FixedPointProblem.None, Quantity.TryParse(Encoding.ASCII.GetBytes(size), out var parsedSize));
        return new BookLevel(parsedPrice, parsedSize);
    }

    internal static List<Depth> All(BinanceDepthReader reader)
    {
        using (reader)
        {
            var messages = new List<Depth>();
            while (reader.TryRead())
            {
                var message = reader.Message;
                messages.Add(new Depth(message.Kind, message.Ids, message.Bids.ToArray(), message.Asks.ToArray()));
            }

            return messages;
        }
    }

    internal static List<Depth> Capture(string name) => All(BinanceDepthReader.Open(SharedData.Require($"binance-l2/{name}.gz")));

    /// <summary>The venue's own best bid and ask by update id, read without the library.</summary>
    internal static SortedList<long, (BookLevel Bid, BookLevel Ask)> BookTickers(string name)
    {
        using var lines = new StreamReader(
            new GZipStream(File.OpenRead(SharedData.Require($"binance-l2/{name}.gz")), CompressionMode.Decompress)
        );
        var tickers = new SortedList<long, (BookLevel, BookLevel)>();
        while (lines.ReadLine() is { } line)
        {
            if (line.Contains("@bookTicker\"", StringComparison.Ordinal))
            {
                using var json = JsonDocument.Parse(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
                var data = json.RootElement.GetProperty("data");
                tickers.Add(data.GetProperty("u").GetInt64(), (Of(data, "b", "B"), Of(data, "a", "A")));
            }
        }

        return tickers;

        static BookLevel Of(JsonElement data, string price, string size) =>
            Level(data.GetProperty(price).GetString()!, data.GetProperty(size).GetString()!);
    }

    /// <summary>What a builder makes of it, in words.</summary>
    internal string Feed(BookBuilder builder) =>
        Kind == DepthKind.Diff ? builder.Apply(Ids, Bids, Asks).ToString() : builder.Load(Ids.Last, Bids, Asks).ToString();

    /// <summary>The book as text: bids best first, a bar, asks best first.</summary>
    internal static string Show(LevelBook book) => $"{Show(book.Bids)} | {Show(book.Asks)}".Trim();

    private static string Show(BookSide side) =>
        string.Join(
            ' ',
            Enumerable.Range(0, side.Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{side[i].Price}*{side[i].Size}"))
        );
}
