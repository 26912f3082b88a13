using System.Text;
using System.Text.Json;
using AITrader.TestSupport;
using AITrader.Venues.Binance;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.MarketData.Tests;

/// <summary>What the venue takes at most: streams on a line, characters in an address, bytes in a message, messages a second.</summary>
public sealed class BinanceMarketTests
{
    private const int LongestAddress = 8_004;
    private const int LongestMessage = 4_088;

    [Theory]
    [InlineData(1, 200, 1)]
    [InlineData(66, 200, 1)]
    [InlineData(67, 200, 2)]
    [InlineData(400, 200, 7)]
    [InlineData(400, 3, 400)]
    [InlineData(400, 1024, 4)] // there the address is full before the line
    public void Symbols_are_spread_over_as_many_lines_as_the_venue_asks_for(int symbols, int streams, int lines)
    {
        var venue = Venue(streams);
        var names = Names(symbols);
        var split = venue.Split(names);
        Assert.Equal(lines, split.Count);
        Assert.Equal(Enumerable.Range(0, symbols), split.SelectMany(static line => line)); // each once, in their order
        Assert.All(split, line => Assert.InRange(line.Count * 3, 3, streams));
        Assert.All(split, line => Assert.InRange(venue.Stream(line.Select(symbol => names[symbol])).AbsoluteUri.Length, 1, LongestAddress));
    }

    [Fact]
    public void A_request_for_many_symbols_is_few_messages_each_of_which_the_venue_reads_to_its_end()
    {
        var names = Names(58);
        var number = 0L;
        var requests = Venue(200).Requests("SUBSCRIBE", names, () => ++number).ToList();
        Assert.Equal(2, requests.Count);
        Assert.All(requests, static request => Assert.InRange(Encoding.UTF8.GetByteCount(request), 1, LongestMessage));
        var streams = requests.SelectMany(static request =>
            JsonDocument.Parse(request).RootElement.GetProperty("params").EnumerateArray().Select(static stream => stream.GetString())
        );
        Assert.Equal(
            names.SelectMany(static name =>
                (string[])
                    [$"{name.ToLowerInvariant()}@depth@100ms", $"{name.ToLowerInvariant()}@bookTicker", $"{name.ToLowerInvariant()}@trade"]
            ),
            streams
        );
        Assert.Equal([1L, 2L], requests.Select(static request => JsonDocument.Parse(request).RootElement.GetProperty("id").GetInt64()));
        Assert.Empty(Venue(200).Requests("SUBSCRIBE", [], () => ++number));
    }

    [Fact]
    public async Task Control_messages_are_sent_no_faster_than_the_venue_hears_them()
    {
        await using var venue = await FakeVenue.StartAsync();
        var time = new FakeTimeProvider();
        using var line = new BinanceConnection(TimeSpan.FromMinutes(1), time, TestContext.Current.CancellationToken);
        await line.ConnectAsync(new Uri(venue.Stream, "stream"), TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        var sending = Task.WhenAll(
            Enumerable.Range(1, 20).Select(number => line.SendAsync($"message {number}", TestContext.Current.CancellationToken))
        );

        await Eventually.TrueAsync(() => venue.Heard.Count == 1, "the first is sent at once");
        for (var second = 1; second <= 9; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Eventually.TrueAsync(() => venue.Heard.Count == 1 + (2 * second), "two more are due each second");
        }

        time.Advance(TimeSpan.FromSeconds(1));
        await sending;
        Assert.Equal(TimeSpan.FromSeconds(9.5), (await sending)[^1]);
    }

    private static BinanceMarket Venue(int streams) =>
        new(new BinanceOptions { Stream = new Uri("wss://stream.example.com:9443"), StreamsPerConnection = streams });

    private static List<string> Names(int count) => [.. Enumerable.Range(0, count).Select(static number => $"COIN{number:000}USDT")];
}
