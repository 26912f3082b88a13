using AITrader.Domain.Normalization;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.TestSupport;
using AITrader.Venues.Kite.Live;
using AITrader.Venues.Kite.Ticker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static AITrader.MarketData.Tests.BinanceFeedTests;

namespace AITrader.MarketData.Tests;

/// <summary>The Kite feed where a line dies in the middle of a frame, and after the service was down.</summary>
public sealed class KiteFaultTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Opening = new(2025, 1, 2, 3, 45, 0, TimeSpan.Zero); // a Thursday

    [Fact]
    public async Task A_socket_killed_in_the_middle_of_a_large_frame_costs_that_frame_only()
    {
        await using var exchange = await FakeExchange.StartAsync();
        await using var ticker = new RawVenue(
            async (line, number) =>
            {
                await line.ShakeHandsAsync();
                await line.ReadAsync(new byte[4096]); // the subscription
                var large = RawVenue.Frame(2, Enumerable.Repeat(Snapshot(1_000), 2_000).Aggregate(new KiteFrameWriter(), Add).Frame.Span);
                await line.SendAsync(RawVenue.Frame(2, Add(new KiteFrameWriter(), Snapshot((uint)number * 10)).Frame.Span));
                if (number <= 3)
                {
                    // Larger than the buffer at first, and broken off behind it.
                    await line.SendAsync(large[..200_000]);
                    await line.FinishAsync();
                    return;
                }

                await line.StandAsync();
            }
        );
        await using var bus = await RedisServer.StartAsync();
        await using var host = await MarketDataHost.StartAsync(
            bus.ConnectionString,
            await postgres.NewDatabaseAsync(),
            ("Feed:Enabled", "true"),
            ("Feed:Address", exchange.Address.ToString()),
            ("Feed:TickerAddress", ticker.Address.ToString()),
            ("Feed:InstrumentSilence", "00:00:00"),
            ("Feed:SilenceLimit", "00:00:30")
        );

        var ticks = new List<Tick>();
        await UntilAsync(async () => (ticks = await host.StreamAsync()).Sum(static tick => tick.Volume) == 30);

        Assert.All(ticks.Where(static tick => tick.Kind == TickKind.Trade), static tick => Assert.Equal(TickFlags.AfterGap, tick.Flags));
        Assert.Equal((4, 0L), (ticker.Connections, (await host.FeedAsync()).GetProperty("garbage").GetInt64()));
    }

    [Theory]
    [InlineData("NSE:INFY", "2025-01-02T09:59:59Z", "2025-01-02T10:00:01Z", true)] // in the last second of the session
    [InlineData("NSE:INFY", "2025-01-02T10:00:00Z", "2025-01-03T03:45:00Z", false)] // over the night, up to the open
    [InlineData("NSE:INFY", "2025-01-02T10:00:00Z", "2025-01-03T03:45:01Z", true)]
    [InlineData("NSE:INFY", "2025-01-03T10:30:00Z", "2025-01-05T23:00:00Z", false)] // a weekend
    [InlineData("MCX:GOLD", "2025-01-04T10:30:00Z", "2025-01-04T10:30:01Z", true)] // hours that are not known
    public void Only_where_the_market_was_open_something_was_missed(string symbol, string last, string now, bool expected) =>
        Assert.Equal(expected, KiteFeed.WasOpen(symbol, Micros(last), Micros(now)));

    [Fact]
    public async Task The_first_tick_after_the_service_was_down_says_that_others_are_missing()
    {
        await using var parts = new FeedParts(KiteVenue.Name, new FakeTimeProvider(Opening));
        var intake = parts.Ticks;
        var (broken, whole) = (intake.Define("NSE:INFY", new InstrumentRules()), intake.Define("NSE:TCS", new InstrumentRules()));
        var packets = new PacketTicks(intake, parts.Health);
        packets.Break([broken]);

        var ticks = new List<Tick>();
        foreach (var (symbol, volume) in new[] { (broken, 10u), (whole, 10u), (broken, 12u), (whole, 12u) })
        {
            var frame = new KiteFrame(Add(new KiteFrameWriter(), Snapshot(volume) with { Token = (uint)symbol + 1 }).Frame.Span);
            Assert.True(frame.MoveNext());
            Assert.Equal(TickVerdict.Passed, packets.Append(ticks, symbol, frame.Current, Opening.AddSeconds(20)));
        }

        Assert.Equal(
            [
                ("NSE:INFY", TickKind.Quote, TickFlags.AfterGap),
                ("NSE:TCS", TickKind.Quote, default),
                ("NSE:INFY", TickKind.Trade, default),
                ("NSE:TCS", TickKind.Trade, default),
            ],
            ticks.Select(static tick => (tick.Symbol, tick.Kind, tick.Flags))
        );
    }

    private static KiteSnapshot Snapshot(uint volume) =>
        new()
        {
            Token = FakeExchange.Infy,
            LastPrice = 1500m,
            Volume = volume,
            ExchangeTime = Opening.AddSeconds(volume),
            Bids = [new KiteLevel(10, 1499.95m, 1)],
            Offers = [new KiteLevel(20, 1500.05m, 1)],
        };

    private static KiteFrameWriter Add(KiteFrameWriter writer, KiteSnapshot snapshot)
    {
        writer.Add(snapshot, KiteMode.Full);
        return writer;
    }

    private static long Micros(string time) =>
        EventTime.ToMicros(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
}
