using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AITrader.Domain.Instruments;
using AITrader.Domain.Ticks;
using AITrader.Formats.Binance;
using AITrader.MarketData.OrderBooks;
using AITrader.OrderBooks;
using AITrader.TestSupport;
using AITrader.Venues.Binance;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.MarketData.Tests;

/// <summary>Real messages of each market through a socket that is killed in the middle: every trade once and in order, and the book that
/// the whole capture gives.</summary>
public sealed class BinanceCaptureFeedTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const int Messages = 6_000;
    private const int CutAt = 2_000;
    private const int HeardAgainAt = 3_000;

    [Theory]
    [InlineData("usdm", "BTCUSDT", "BTCUSDT", "binance-l2/usdm_btcusdt_20240808.gz")]
    [InlineData("spot", "BTCUSDT", "BTCUSDT-SPOT", "binance-l2/spot_btcusdt_20240808.gz")]
    [InlineData("coinm", "ETHUSD_PERP", "ETHUSD_PERP", "binance-l2/cm_ethusd_perp_20240808.gz")]
    public async Task A_killed_line_costs_no_trade_and_the_book_is_the_captures(string market, string symbol, string ours, string file)
    {
        var capture = Capture.Read(SharedData.Require(file), isSpot: market == "spot");
        await using var redis = await RedisServer.StartAsync();
        await using var venue = await FakeVenue.StartAsync();
        venue.Book = capture.BookNow;
        await using var host = await MarketDataHost.StartAsync(
            redis.ConnectionString,
            await postgres.NewDatabaseAsync(),
            ("Feed:Enabled", "true"),
            ("Feed:Kind", "binance"),
            ("Feed:Binance:Market", market),
            ("Feed:Binance:Stream", venue.Stream.ToString()),
            ("Feed:Binance:Rest", venue.Rest.ToString()),
            ("Feed:Binance:Symbols", symbol),
            ("Feed:Binance:Backoff", "00:00:00.050"),
            ("Feed:SilenceLimit", "00:01:00"),
            ("Feed:InstrumentSilence", "00:00:00")
        );
        await ConnectedAsync(host, 1);
        await PlayAsync(capture, venue, 0, CutAt);
        await UntilAsync(async () =>
            (await host.StreamAsync()).Count(static tick => tick.Kind == TickKind.Trade) == capture.TradesUpTo(CutAt)
        );
        venue.Cut();
        for (var i = CutAt; i < HeardAgainAt; i++)
        {
            capture.Happen(i, venue);
        }

        await ConnectedAsync(host, 2);
        await PlayAsync(capture, venue, HeardAgainAt, Messages);
        var books = host.Services.GetRequiredService<BookKeeper>();
        await UntilAsync(async () =>
        {
            await venue.SendAsync("""{"result":null,"id":1}"""); // a snapshot is loaded with the next message
            return books.Find(0)?.LastUpdateId == capture.Book.LastUpdateId
                && (await host.StreamAsync()).Count(static tick => tick.Kind == TickKind.Trade) >= capture.TradesUpTo(Messages);
        });

        var ticks = await host.StreamAsync();
        Assert.Equal(
            capture.Trades(Messages),
            ticks.Where(static tick => tick.Kind == TickKind.Trade).Select(static tick => ((decimal)tick.Price, (decimal)tick.Volume))
        );
        Assert.Equal(
            [.. capture.Quotes(0, CutAt), .. capture.Quotes(HeardAgainAt, Messages)],
            ticks
                .Where(static tick => tick.Kind == TickKind.Quote)
                .Select(static tick => ((decimal)tick.Bid!.Value, (decimal)tick.Ask!.Value))
        );
        Assert.All(ticks, tick => Assert.Equal((ours, "binance"), (tick.Symbol, tick.Source)));
        Assert.All(ticks.Zip(ticks.Skip(1)), static pair => Assert.True(pair.First.Timestamp <= pair.Second.Timestamp));
        Assert.Equal(
            capture.TradesUpTo(HeardAgainAt) - capture.TradesUpTo(CutAt),
            ticks.Count(static tick => tick.Flags.HasFlag(TickFlags.Filled))
        );
        Assert.Equal(capture.Book.Book.Checksum(500), books.Find(0)!.Book.Checksum(500)); // beyond the venue's limit nothing is kept
        Assert.True(host.Services.GetRequiredService<BookPublisher>().TryRead(ours, out var shown));
        Assert.Contains(string.Create(null, $"\"update_id\":{capture.Book.LastUpdateId},"), shown);
        Assert.EndsWith(string.Create(null, $"\"checksum\":\"{capture.Book.Book.Checksum(20):x16}\"}}"), shown);
    }

    private static Task ConnectedAsync(MarketDataHost host, long times) =>
        UntilAsync(async () =>
        {
            var feed = await host.FeedAsync();
            return feed.GetProperty("connections").GetInt64() == times && feed.GetProperty("state").GetString() == "connected";
        });

    private static async Task PlayAsync(Capture capture, FakeVenue venue, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            capture.Happen(i, venue);
            await venue.SendAsync(capture.Lines[i]);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> isReached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(90));
        while (!await isReached())
        {
            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>The messages after the capture's snapshot, and the venue's book as it is after each.</summary>
    private sealed class Capture(bool isSpot)
    {
        private readonly Lock _gate = new();
        private readonly BinanceStreamDecoder _decoder = new(new SymbolTable(), isSpot, "capture");
        private readonly List<JsonElement> _messages = [];

        public List<string> Lines { get; } = [];

        public BookBuilder Book { get; } = new();

        public static Capture Read(string path, bool isSpot)
        {
            var capture = new Capture(isSpot);
            using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            while (capture.Lines.Count < Messages && reader.ReadLine() is { } line)
            {
                capture.Add(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            }

            Assert.True(capture.Book.IsSynchronised);
            return capture;
        }

        /// <summary>A message happens at the venue: its book changes, its trade can be asked for.</summary>
        public void Happen(int index, FakeVenue venue)
        {
            var data = _messages[index].GetProperty("data");
            var channel = _messages[index].GetProperty("stream").GetString()!;
            if (channel.EndsWith("@trade", StringComparison.Ordinal))
            {
                var (id, time) = (data.GetProperty("t").GetInt64(), data.GetProperty("T").GetInt64());
                venue.Remember(
                    id,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $$"""{"id":{{id}},"price":"{{data.GetProperty("p").GetString()}}","qty":"{{data.GetProperty("q").GetString()}}","time":{{time}} }"""
                    )
                );
            }
            else if (channel.Contains("@depth", StringComparison.Ordinal))
            {
                lock (_gate)
                {
                    _decoder.Decode(Encoding.UTF8.GetBytes(Lines[index]), 1);
                    Book.Apply(_decoder.Depth.Ids, _decoder.Depth.Bids, _decoder.Depth.Asks);
                }
            }
        }

        public string BookNow()
        {
            lock (_gate)
            {
                return $$"""{"lastUpdateId":{{Book.LastUpdateId}},"bids":[{{Levels(Book.Book.Bids)}}],"asks":[{{Levels(Book.Book.Asks)}}]}""";
            }
        }

        public int TradesUpTo(int end) => Trades(end).Count;

        public List<(decimal Price, decimal Size)> Trades(int end) =>
            [.. Of("@trade", 0, end).Select(static data => (Number(data, "p"), Number(data, "q")))];

        public List<(decimal Bid, decimal Ask)> Quotes(int first, int end) =>
            [.. Of("@bookTicker", first, end).Select(static data => (Number(data, "b"), Number(data, "a")))];

        private static decimal Number(JsonElement data, string name) =>
            decimal.Parse(data.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

        private static string Levels(BookSide side) =>
            string.Join(',', Enumerable.Range(0, side.Count).Select(level => $"[\"{side[level].Price}\",\"{side[level].Size}\"]"));

        private IEnumerable<JsonElement> Of(string channel, int first, int end) =>
            _messages
                .Take(first..end)
                .Where(message => message.GetProperty("stream").GetString()!.EndsWith(channel, StringComparison.Ordinal))
                .Select(static message => message.GetProperty("data"));

        private void Add(string json)
        {
            if (Book.IsSynchronised)
            {
                Lines.Add(json);
                _messages.Add(JsonDocument.Parse(json).RootElement.Clone());
            }
            else if (json.StartsWith("{\"lastUpdateId\"", StringComparison.Ordinal))
            {
                _decoder.DecodeSnapshot(Encoding.UTF8.GetBytes(json));
                Book.Load(_decoder.Depth.Ids.Last, _decoder.Depth.Bids, _decoder.Depth.Asks);
            }
            else if (_decoder.Decode(Encoding.UTF8.GetBytes(json), 1) == BinanceMessageKind.Depth)
            {
                Book.Apply(_decoder.Depth.Ids, _decoder.Depth.Bids, _decoder.Depth.Asks);
            }
        }
    }
}
