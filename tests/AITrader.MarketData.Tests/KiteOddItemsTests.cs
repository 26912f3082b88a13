using System.Net;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.TestSupport;
using AITrader.Venues.Kite;
using AITrader.Venues.Kite.Ticker;
using static AITrader.MarketData.Tests.BinanceFeedTests;

namespace AITrader.MarketData.Tests;

/// <summary>One bad item of Kite's costs no other, and an operator sees what is left out. Each test has a Redis and a database of its
/// own.</summary>
public sealed class KiteOddItemsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const uint Nco = (4_321u << 8) | 12;
    private const string NcoRow = "1106188,4321,GOLDMINI26FEB,GOLD,0,2026-02-27,0,0.01,1,FUT,NCO-FUT,NSE\n";

    private RedisServer? _bus;

    [Fact]
    public async Task Packets_of_an_unknown_length_or_segment_are_refused_once_by_name_and_the_others_go_on()
    {
        await using var exchange = await FakeExchange.StartAsync();
        await using var host = await StartAsync(exchange);
        await UntilAsync(() => exchange.IsFollowed);
        for (var volume = 100u; volume <= 105; volume++)
        {
            await exchange.SendAsync(Frame(new byte[52], Full(KiteSegment.Token(77, 13), 1), Full(FakeExchange.Infy, volume), new byte[3]));
        }

        await UntilAsync(async () => (await host.StreamAsync()).Count(static tick => tick.Kind == TickKind.Trade) == 5);
        var (status, ready) = await host.ReadyAsync();
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            "prices flow; packets of 3 bytes, which no kind of packet has; packets of 52 bytes, which no kind of packet has; packets of segment 13, as nobody can say what its prices are divided by",
            ready
        );
        Assert.Equal((1, 0L), (exchange.Connections, (await host.FeedAsync()).GetProperty("garbage").GetInt64()));
    }

    [Fact]
    public async Task Commodities_of_the_nse_have_four_decimals()
    {
        await using var exchange = await FakeExchange.StartAsync();
        exchange.Instruments += NcoRow;
        await using var host = await StartAsync(exchange);
        await UntilAsync(() => exchange.IsFollowed);
        foreach (var (raw, volume) in new[] { (3_781_900u, 1u), (3_782_000u, 4u) })
        {
            var body = new byte[KitePacket.QuoteLength];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(body, Nco);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(4), raw);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(16), volume);
            await exchange.SendAsync(Frame(body));
        }

        var ticks = new List<Tick>();
        await UntilAsync(async () => (ticks = await host.StreamAsync()).Count > 0);
        Assert.Equal(("NSE:GOLDMINI26FEB", 378.20m, 3m), (ticks[0].Symbol, ticks[0].Price, ticks[0].Volume));
    }

    [Fact]
    public async Task Odd_rows_of_the_instruments_list_cost_no_other_and_are_named()
    {
        await using var exchange = await FakeExchange.StartAsync();
        exchange.Instruments +=
            "x,1,BAD,BAD,0,,0,0.05,1,EQ,NSE,NSE\n"
            + // no token
            "513,2,测试,TEST,0,,0,0.05,1,EQ,NSE,NSE\n"
            + // a name that keys cannot carry
            "781,3,NEW,NEW,0,,0,0.05,1,EQ,NSE,NSE\n"
            + // segment 13
            "1025,4,INFY,INFOSYS,0,,0,0.05,1,EQ,NSE,NSE\n"; // listed before
        await using var host = await StartAsync(exchange);
        await UntilAsync(() => exchange.IsFollowed);
        await exchange.SendAsync(1500m, 1, 1499m, 1501m);

        await UntilAsync(async () => (await host.ReadyAsync()).Feed.StartsWith("prices flow", StringComparison.Ordinal));
        Assert.Equal(
            "prices flow; not followed: rows of the instruments list that cannot be read (1): instruments line 4: The input string 'x' was not in a correct format.; "
                + "of a segment whose prices cannot be told (1): NSE:NEW of segment 13; with a name that cannot be carried (1): NSE:测试; listed twice (1): NSE:INFY",
            (await host.ReadyAsync()).Feed
        );
        Assert.Contains($$"""{"a":"subscribe","v":[{{FakeExchange.Infy}},{{FakeExchange.Nifty}}]}""", exchange.Heard);
        Assert.Equal(
            ["NSE:INFY", "NSE:NIFTY 50"],
            (await host.FeedAsync()).GetProperty("instruments").EnumerateArray().Select(static row => row.GetProperty("symbol").GetString())
        );
    }

    [Fact]
    public async Task A_wanted_instrument_that_is_not_listed_is_named_and_odd_rows_of_others_are_not_its_reader_s_business()
    {
        await using var exchange = await FakeExchange.StartAsync();
        exchange.Instruments += "x,1,BAD,BAD,0,,0,0.05,1,EQ,NSE,NSE\n";
        await using var host = await StartAsync(exchange, ("Feed:Symbols", "NSE:INFY,NSE:GONE"));
        await UntilAsync(() => exchange.IsFollowed);
        await exchange.SendAsync(1500m, 1, 1499m, 1501m);
        await UntilAsync(async () =>
            (await host.ReadyAsync()).Feed == "prices flow; not followed: wanted and not in the exchange's list (1): NSE:GONE"
        );
    }

    [Fact]
    public async Task What_the_exchange_refuses_is_said_until_there_is_a_new_line()
    {
        await using var exchange = await FakeExchange.StartAsync();
        await using var host = await StartAsync(exchange);
        await UntilAsync(() => exchange.IsFollowed);
        await exchange.SendAsync(1500m, 1, 1499m, 1501m);
        await exchange.SayAsync("""{"type":"error","data":"Can't subscribe to more than 3000 instruments."}""");
        await exchange.SayAsync("""{"type":"message","data":"Good morning"}""");
        await UntilAsync(async () =>
            (await host.ReadyAsync()).Feed == "prices flow; the exchange refuses: Can't subscribe to more than 3000 instruments."
        );
        await exchange.SayAsync("no JSON");
        await UntilAsync(async () => (await host.FeedAsync()).GetProperty("garbage").GetInt64() == 1);

        exchange.Cut();
        await UntilAsync(() => exchange.Connections == 2 && exchange.IsFollowed);
        await UntilAsync(async () => (await host.ReadyAsync()).Feed == "prices flow");
    }

    [Fact]
    public async Task Instruments_above_a_line_are_followed_on_another_and_a_line_that_is_down_costs_no_other()
    {
        await using var exchange = await FakeExchange.StartAsync();
        exchange.Instruments += NcoRow;
        await using var host = await StartAsync(
            exchange,
            ("Feed:TokensPerConnection", "1"),
            ("Feed:Connections", "2"),
            ("Feed:SilenceLimit", "00:01:00")
        );
        await UntilAsync(() => exchange.OpenLines == 2);
        await exchange.SendAsync(1500m, 1, 1499m, 1501m);
        await UntilAsync(async () =>
            (await host.ReadyAsync()).Feed == "prices flow; not followed: above the 2 connections of 1 instruments (1): NSE:GOLDMINI26FEB"
        );
        Assert.Equal(2, (await host.FeedAsync()).GetProperty("expected_connections").GetInt32());

        exchange.IsDown = true;
        exchange.Cut(line: 0);
        await UntilAsync(async () => (await host.FeedAsync()).GetProperty("state").GetString() == "partly_connected");
        Assert.Matches("^down: connection [12] of 2: ", (await host.ReadyAsync()).Feed);
        await exchange.SendAsync(1501m, 2, 1499m, 1501m);
        await UntilAsync(async () => (await host.StreamAsync()).Exists(static tick => tick.Price == 1501m));
        exchange.IsDown = false;
        await UntilAsync(async () => (await host.FeedAsync()).GetProperty("state").GetString() == "connected");
    }

    [Fact]
    public async Task An_instrument_of_which_only_old_packets_come_is_not_heard_of()
    {
        await using var exchange = await FakeExchange.StartAsync();
        await using var host = await StartAsync(
            exchange,
            ("Feed:InstrumentSilence", "00:00:00"),
            ("Feed:InstrumentLimits", "NSE:INFY=2"),
            ("Feed:StaleAfter", "00:10:00")
        );
        await UntilAsync(() => exchange.IsFollowed);
        await exchange.SendAsync(1500m, 100, 1499m, 1501m, second: 100);
        await using var old = new Pulse(() => exchange.SendAsync(1400m, 50, 1399m, 1401m, second: 50));
        await UntilAsync(async () =>
            (await host.ReadyAsync()).Feed.StartsWith("stale: nothing of NSE:INFY for ", StringComparison.Ordinal)
        );

        // The new line that this asks for is believed anew.
        await UntilAsync(async () =>
            (await host.StreamAsync()).Exists(static tick => tick.Kind == TickKind.Quote && tick.Bid == Price.Of(1399m))
        );
        Assert.True(exchange.Connections >= 2);
    }

    public async ValueTask InitializeAsync() => _bus = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => _bus!.DisposeAsync();

    private async Task<MarketDataHost> StartAsync(FakeExchange exchange, params (string Key, string? Value)[] settings) =>
        await MarketDataHost.StartAsync(
            _bus!.ConnectionString,
            await postgres.NewDatabaseAsync(),
            [
                .. Merge(
                    [
                        ("Feed:Enabled", "true"),
                        ("Feed:Address", exchange.Address.ToString()),
                        ("Feed:InstrumentSilence", "00:00:00"),
                        ("Feed:StaleAfter", "00:10:00"),
                    ],
                    settings
                ),
            ]
        );

    private static byte[] Frame(params byte[][] bodies) =>
        [0, (byte)bodies.Length, .. bodies.SelectMany(static body => (byte[])[(byte)(body.Length >> 8), (byte)body.Length, .. body])];

    private static byte[] Full(uint token, uint volume)
    {
        var writer = new KiteFrameWriter();
        writer.Add(
            new KiteSnapshot
            {
                Token = FakeExchange.Infy,
                LastPrice = 1500m,
                Volume = volume,
                ExchangeTime = DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000 + volume),
            },
            KiteMode.Full
        );
        var body = writer.Frame.Span[4..].ToArray();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(body, token);
        return body;
    }
}
