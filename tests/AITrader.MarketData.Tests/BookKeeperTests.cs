using System.Globalization;
using System.Net;
using System.Text;
using AITrader.Domain.Instruments;
using AITrader.Formats.Binance;
using AITrader.TestSupport;
using AITrader.Venues.Binance;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.MarketData.Tests;

/// <summary>Many whole books that are wanted at once, at a venue whose time moves when it is told.</summary>
public sealed class BookKeeperTests : IAsyncDisposable
{
    private const int Books = 58;

    private readonly FakeTimeProvider _time = new();
    private readonly FeedParts _parts;
    private readonly Venue _venue;

    public BookKeeperTests() => (_venue, _parts) = (new Venue(_time), new FeedParts(BinanceVenue.Name, _time));

    [Theory]
    [InlineData(BinanceOptions.Spot, 250, 6_000)]
    [InlineData(BinanceOptions.UsdMargined, 20, 2_400)]
    public async Task Are_asked_for_a_few_at_a_time_and_no_faster_than_the_venue_s_weight(string market, int weight, int perMinute)
    {
        var keeper = Keeper(market);
        var decoder = new BinanceStreamDecoder(new SymbolTable(), isSpot: false, "test");
        for (var symbol = 0; symbol < Books; symbol++)
        {
            keeper.Define(symbol, $"C{symbol}", $"C{symbol}");
            decoder.Decode(
                Encoding.UTF8.GetBytes(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $$$"""{"stream":"x@depth","data":{"s":"C{{{symbol}}}","U":5,"u":6,"pu":4,"b":[],"a":[]}}"""
                    )
                ),
                1
            );
            keeper.Apply(decoder.Depth, TestContext.Current.CancellationToken);
        }

        for (var step = 0; step < 10_000 && Enumerable.Range(0, Books).Any(symbol => !keeper.Find(symbol)!.IsSynchronised); step++)
        {
            keeper.Settle(TestContext.Current.CancellationToken);
            Assert.InRange(_venue.Open, 0, BookKeeper.MaxRequests);
            _venue.AnswerAll();
            await Eventually.TrueAsync(() => _venue.Open == 0, "what was answered is taken");
            _time.Advance(TimeSpan.FromSeconds(0.25));
        }

        Assert.All(Enumerable.Range(0, Books), symbol => Assert.Equal(6, keeper.Find(symbol)!.LastUpdateId));
        Assert.Equal(Books, _venue.Requests.Count);
        Assert.All(_venue.Requests, first =>
            Assert.InRange(_venue.Requests.Count(at => at >= first && at < first + TimeSpan.FromMinutes(1)) * weight, weight, perMinute)
        );
        Assert.Equal(BookKeeper.MaxRequests, _venue.MostOpen);
    }

    public ValueTask DisposeAsync()
    {
        _venue.Dispose();
        return _parts.DisposeAsync();
    }

    private BookKeeper Keeper(string market)
    {
        var options = Options.Create(new BinanceOptions { Market = market, Rest = new Uri("http://venue/") });
        var venue = new BinanceMarket(options.Value);
        var rest = new BinanceRest(_venue, venue, options, _parts, _time, NullLogger<BinanceRest>.Instance);
        return new BookKeeper(rest, venue, _parts, _time, NullLogger<BookKeeper>.Instance);
    }

    /// <summary>Answers when it is told, and writes down when it was asked.</summary>
    private sealed class Venue(FakeTimeProvider time) : HttpMessageHandler, IHttpClientFactory
    {
        private readonly Lock _gate = new();
        private readonly List<TaskCompletionSource<HttpResponseMessage>> _open = [];

        public List<DateTimeOffset> Requests { get; } = [];

        public int MostOpen { get; private set; }

        public int Open
        {
            get
            {
                lock (_gate)
                {
                    return _open.Count;
                }
            }
        }

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        public void AnswerAll()
        {
            List<TaskCompletionSource<HttpResponseMessage>> open;
            lock (_gate)
            {
                open = [.. _open];
                _open.Clear();
            }

            open.ForEach(static answer =>
                answer.SetResult(
                    new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"lastUpdateId":5,"bids":[],"asks":[]}""") }
                )
            );
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = new TaskCompletionSource<HttpResponseMessage>();
            lock (_gate)
            {
                Requests.Add(time.GetUtcNow());
                _open.Add(answer);
                MostOpen = Math.Max(MostOpen, _open.Count);
            }

            return answer.Task;
        }
    }
}
